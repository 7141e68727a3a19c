package io.ringkernel.metal.software.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Selectors: a name has one number in the JVM, and one address in each provider, made of the provider and the number.
 * So the selector of a message says which provider its sender meant.
 */
public final class SelectorTable {
    private record Entry(int index, String name, MemorySegment bytes) {}

    // Lock-free, because a contended lock would park a virtual thread inside its autorelease pool.
    private static final ConcurrentSkipListMap<String, Entry> BY_NAME = new ConcurrentSkipListMap<>();
    private static final ConcurrentSkipListMap<Integer, Entry> BY_INDEX = new ConcurrentSkipListMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int provider;

    SelectorTable(int provider) {
        this.provider = provider;
    }

    /** The number of a name, which is registered if it is new; never taken back, as on macOS. */
    static int indexOf(String name) {
        var known = BY_NAME.get(name);
        if (known != null) {
            return known.index;
        }
        // Known by its number first: whoever learns the number from the name may ask for it at once. Of two threads
        // that register one name at a time, one wins, and the other's number stays unused.
        var added = new Entry(COUNT.getAndIncrement(), name, Arena.global().allocateFrom(name));
        BY_INDEX.put(added.index, added);
        var first = BY_NAME.putIfAbsent(name, added);
        return first == null ? added.index : first.index;
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
        var known = Addresses.tag(address) == Addresses.SELECTOR ? BY_INDEX.get(Addresses.index(address)) : null;
        MisuseException.require(known != null, ViolationKind.BAD_ARGUMENT, "not a registered selector: 0x%x", address);
        return known;
    }
}
