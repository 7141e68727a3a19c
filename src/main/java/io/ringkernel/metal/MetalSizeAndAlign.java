package io.ringkernel.metal;

/**
 * The room that a resource takes in a heap ({@code MTLSizeAndAlign}).
 *
 * @param size in bytes
 * @param alignment of its offset in bytes, a power of two
 */
public record MetalSizeAndAlign(long size, long alignment) {}
