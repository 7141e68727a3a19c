package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.ScalarType;

/** How a scalar lies in memory and how it is carried. */
public enum Cell {
    BOOL(1, Slot.INT),
    I8(1, Slot.INT),
    U8(1, Slot.INT),
    I16(2, Slot.INT),
    U16(2, Slot.INT),
    I32(4, Slot.INT),
    I64(8, Slot.LONG),
    F16(2, Slot.FLOAT),
    BF16(2, Slot.FLOAT),
    F32(4, Slot.FLOAT);

    private final int byteSize;
    private final Slot slot;

    Cell(int byteSize, Slot slot) {
        this.byteSize = byteSize;
        this.slot = slot;
    }

    public int byteSize() {
        return byteSize;
    }

    public Slot slot() {
        return slot;
    }

    public static Cell of(ScalarType type) {
        return switch (type) {
            case BOOL -> BOOL;
            case CHAR -> I8;
            case UCHAR -> U8;
            case SHORT -> I16;
            case USHORT -> U16;
            case INT, UINT -> I32;
            case LONG, ULONG -> I64;
            case HALF -> F16;
            case BFLOAT -> BF16;
            case FLOAT -> F32;
            case VOID -> throw new IllegalArgumentException("void has no cell");
        };
    }
}
