package io.ringkernel.metal.software.runtime;

/**
 * How the software Metal's pointers look. None points at memory, and none can be mistaken for memory, since user space
 * ends below 2<sup>48</sup> on every supported machine.
 *
 * <pre>
 *   63 60 59      48 47       28 27      4 3  0
 *  +-----+----------+-----------+---------+----+
 *  | tag | provider | generation|  index  | 0  |
 *  +-----+----------+-----------+---------+----+
 * </pre>
 *
 * The generation counts how often the index was used before, so a dead object's address is never an object again: an
 * index whose generations are used up is retired. The lowest bits of an object's address are 0; a wrapper of the object
 * differs by one of them.
 */
final class Addresses {
    static final long OBJECT = 1L;
    static final long SELECTOR = 2L;
    static final long POOL = 3L;

    static final int MAX_INDEX = (1 << 24) - 1;
    static final int MAX_GENERATION = (1 << 20) - 1;
    static final int MAX_PROVIDER = (1 << 12) - 1;

    private static final long WRAPPED = 8L;

    private Addresses() {}

    static long of(long tag, int provider, int generation, int index) {
        return tag << 60 | (long) (provider & MAX_PROVIDER) << 48 | (long) generation << 28 | (long) index << 4;
    }

    /** Another address of the object at an address. */
    static long wrapped(long address) {
        return address | WRAPPED;
    }

    /** The address that an object was given, for one that may be its wrapper's. */
    static long unwrapped(long address) {
        return address & ~WRAPPED;
    }

    static long tag(long address) {
        return address >>> 60;
    }

    static int provider(long address) {
        return (int) (address >>> 48) & MAX_PROVIDER;
    }

    static int index(long address) {
        return (int) (address >>> 4) & MAX_INDEX;
    }
}
