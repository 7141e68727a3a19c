package io.ringkernel.metal.software.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Selectors: a name has one number in the JVM, and one address in each provider, made of the provider and the number.
 * So the selector of a message says which provider its sender meant.
 */
public final class SelectorTable {
    private record Entry(String name, MemorySegment bytes) {}

    private static final Map<String, Integer> INDEXES = new HashMap<>();
    private static final List<Entry> ENTRIES = new ArrayList<>();

    private final int provider;

    SelectorTable(int provider) {
        this.provider = provider;
    }

    /** The number of a name, which is registered if it is new; never taken back, as on macOS. */
    static synchronized int indexOf(String name) {
        return INDEXES.computeIfAbsent(name, added -> {
            ENTRIES.add(new Entry(added, Arena.global().allocateFrom(added)));
            return ENTRIES.size() - 1;
        });
    }

    /** The address of a name. */
    public long register(String name) {
        return Addresses.of(Addresses.SELECTOR, provider, 0, indexOf(name));
    }

    /** The name behind an address. */
    public String name(long address) {
        return entry(address).name();
    }

    /** The name as a C string that lives as long as the JVM. */
    public MemorySegment bytes(long address) {
        return entry(address).bytes();
    }

    private static Entry entry(long address) {
        synchronized (SelectorTable.class) {
            int index = Addresses.index(address);
            boolean known = Addresses.tag(address) == Addresses.SELECTOR && index < ENTRIES.size();
            MisuseException.require(known, ViolationKind.BAD_ARGUMENT, "not a registered selector: 0x%x", address);
            return ENTRIES.get(index);
        }
    }
}
