package io.ringkernel.metal.msl.texture;

/** A kernel uses a texture or sampler that is not there, or not what the kernel's types say. */
public final class TextureFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** The null texture, or no sampler. */
        NULL,
        /** A handle whose object is gone, or that never was one. */
        DANGLING,
        /** A texture of another type, format or usage than the kernel's parameter, or a sampler that does not fit. */
        MISMATCH
    }

    private final Kind kind;

    TextureFault(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
