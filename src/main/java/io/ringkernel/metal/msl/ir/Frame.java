package io.ringkernel.metal.msl.ir;

/** Private memory of one function's thread; offsets are handed out while it is lowered. */
public final class Frame {
    public static final int ALIGNMENT = 16;

    private static final int MOST_BYTES = 1 << 28;

    private int byteSize;

    public int allocate(int size, int alignment) {
        var align = Math.min(ALIGNMENT, Math.max(1, alignment));
        var offset = (byteSize + align - 1) / align * align;
        if (offset + (long) size > MOST_BYTES) {
            throw new TooLargeException("variables in memory take more than " + MOST_BYTES + " bytes", 0);
        }
        byteSize = offset + size;
        return offset;
    }

    /** The frame's size so far, a multiple of the alignment. */
    public int byteSize() {
        return (byteSize + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
