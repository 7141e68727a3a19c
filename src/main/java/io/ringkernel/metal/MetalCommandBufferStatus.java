package io.ringkernel.metal;

/** How far a command buffer has come ({@code MTLCommandBufferStatus}); in Metal's order. */
public enum MetalCommandBufferStatus {
    /** It is being encoded. */
    NOT_ENQUEUED,
    /** It has its place in the queue. */
    ENQUEUED,
    /** It will run. */
    COMMITTED,
    /** The GPU knows it. */
    SCHEDULED,
    /** It ran, and what it wrote can be read. */
    COMPLETED,
    /** It failed. */
    ERROR;

    private static final MetalCommandBufferStatus[] BY_CODE = values();

    static MetalCommandBufferStatus of(long code) {
        return BY_CODE[Math.toIntExact(code)];
    }
}
