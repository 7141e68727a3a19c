/**
 * Objective-C from Java: messages, ownership, autorelease pools, blocks, and the Foundation values that Metal takes.
 *
 * <p>An {@link io.ringkernel.metal.objc.ObjectiveC} is one provider of classes and messages. Two exist: Apple's runtime
 * on macOS, and the software Metal anywhere. Both may live in one JVM, so nothing here is kept in static state except
 * {@link io.ringkernel.metal.objc.Message descriptions of messages}.
 *
 * <p>Sending a message is three steps that the caller writes out, because the third is the generated, exactly typed
 * call:
 *
 * <pre>{@code
 * private static final Message NEW_BUFFER = Message.of(MTLDevice_newBufferWithLength_options.class);
 *
 * Send send = objc.bind(NEW_BUFFER);
 * MemorySegment buffer = MTLDevice_newBufferWithLength_options.invoke(
 *         send.function(), device, send.selector(), length, options);
 * Retained owned = Retained.of(objc, NEW_BUFFER, buffer);
 * }</pre>
 *
 * <p>We chose this over a generic {@code send(Object...)} because it costs two array loads over the bare call and the
 * compiler checks every argument; we gave up brevity.
 *
 * <p>Unless a method says otherwise: an {@code id} is a {@link java.lang.foreign.MemorySegment} of whatever size that
 * stands for its address, {@code nil} is {@link java.lang.foreign.MemorySegment#NULL} and is refused where an object is
 * needed, Java {@code null} throws {@link java.lang.NullPointerException}, and every type is safe for use by many
 * threads.
 */
package io.ringkernel.metal.objc;
