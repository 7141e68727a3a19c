package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.run.KernelFault.Kind;

/** A fault before it is known where it happened; generated code turns it into a {@link KernelFault}. */
public final class MemoryFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int lane;

    MemoryFault(Kind kind, String detail) {
        this(kind, detail, -1);
    }

    /** {@code lane} is the index in its threadgroup of the thread at fault. */
    public MemoryFault(Kind kind, String detail, int lane) {
        super(detail);
        this.kind = kind;
        this.lane = lane;
    }

    Kind kind() {
        return kind;
    }

    /** The lane at fault, or -1 for the one that is running. */
    int lane() {
        return lane;
    }
}
