package io.ringkernel.metal.software.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The selectors of one provider; the same name always has the same address. */
public final class SelectorTable {
    private record Entry(String name, MemorySegment bytes) {}

    private final int provider;
    private final Arena arena;
    private final Map<String, Long> addresses = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    SelectorTable(int provider, Arena arena) {
        this.provider = provider;
        this.arena = arena;
    }

    /** The address of a name, which is registered if it is new. */
    public synchronized long register(String name) {
        var known = addresses.get(name);
        if (known != null) {
            return known;
        }
        long address = Addresses.of(Addresses.SELECTOR, provider, 0, entries.size());
        entries.add(new Entry(name, arena.allocateFrom(name)));
        addresses.put(name, address);
        return address;
    }

    /** The name behind an address. */
    public String name(long address) {
        return entry(address).name();
    }

    /** The name as a C string that lives as long as the provider. */
    MemorySegment bytes(long address) {
        return entry(address).bytes();
    }

    private synchronized Entry entry(long address) {
        int index = Addresses.index(address);
        boolean known = Addresses.tag(address) == Addresses.SELECTOR && index < entries.size();
        MisuseException.require(known, ViolationKind.BAD_ARGUMENT, "not a registered selector: 0x%x", address);
        return entries.get(index);
    }
}
