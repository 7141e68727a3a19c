package io.ringkernel.metal.msl.jvm;

/** Private memory of one function's thread; offsets are handed out while it is lowered. */
final class Frame {
    static final int ALIGNMENT = 16;

    private int byteSize;

    int allocate(int size, int alignment) {
        var align = Math.min(ALIGNMENT, Math.max(1, alignment));
        var offset = (byteSize + align - 1) / align * align;
        byteSize = Math.addExact(offset, size);
        return offset;
    }

    /** The frame's size so far, a multiple of the alignment. */
    int byteSize() {
        return (byteSize + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
