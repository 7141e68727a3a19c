/**
 * Metal's compute objects in Java, in Apple's words with {@code MTL} read as {@code Metal}.
 *
 * <p>Begin with {@link io.ringkernel.metal.MetalDevice}; a device makes everything else.
 *
 * <p>Unless a method says otherwise: null throws {@link java.lang.NullPointerException}; sizes and offsets are in
 * bytes; whatever owns something is {@link java.lang.AutoCloseable} with an idempotent {@code close}, and throws
 * {@link java.lang.IllegalStateException} when used afterwards; every type is safe for use by many threads, except
 * command buffers and encoders, which one thread uses at a time. A broken rule of the caller throws a JDK exception at
 * the call, before anything is encoded; whatever the driver reports is a {@link io.ringkernel.metal.MetalException}.
 *
 * <p>We chose to check every limit in Java, before the message is sent, because Metal answers a broken rule by ending
 * the process; we gave up a few nanoseconds for each call.
 */
package io.ringkernel.metal;
