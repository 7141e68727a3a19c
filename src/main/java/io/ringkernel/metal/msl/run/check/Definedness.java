package io.ringkernel.metal.msl.run.check;

import java.util.BitSet;

/** Which bytes of a stretch of memory were never written. */
final class Definedness {
    private final long start;
    private final int byteCount;
    private final BitSet undefined = new BitSet();

    /** All bytes count as written. */
    Definedness(long start, long byteCount) {
        this.start = start;
        this.byteCount = Math.toIntExact(byteCount);
    }

    boolean holds(long address) {
        return address - start >= 0 && address - start < byteCount;
    }

    void undefineAll() {
        undefined.set(0, byteCount);
    }

    void undefine(long address, long bytes) {
        undefined.set(index(address), index(address) + (int) bytes);
    }

    void define(long address, long bytes) {
        undefined.clear(index(address), index(address) + (int) bytes);
    }

    boolean isDefined(long address, long bytes) {
        var next = undefined.nextSetBit(index(address));
        return next < 0 || next >= index(address) + bytes;
    }

    private int index(long address) {
        return (int) (address - start);
    }
}
