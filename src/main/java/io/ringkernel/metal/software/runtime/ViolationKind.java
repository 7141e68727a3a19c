package io.ringkernel.metal.software.runtime;

/**
 * What a client of the software Metal can do wrong. Most of these would end a process that runs under Metal's
 * validation.
 */
public enum ViolationKind {
    /** A message or an argument is an object that was deallocated. */
    DEAD_OBJECT,
    /** A message or an argument is a pointer that never was an object of this provider. */
    UNKNOWN_OBJECT,
    /** A message to nil: legal in Objective-C, and never what a wrapper means. */
    NIL_RECEIVER,
    /** The receiver's class does not implement the message. */
    UNRECOGNIZED_SELECTOR,
    /** A message type was called with the selector of another message. */
    SELECTOR_MISMATCH,
    /** nil where Metal's headers ask for an object. */
    NIL_ARGUMENT,
    /** An object of another class than Metal's headers ask for. */
    WRONG_CLASS,
    /** A value that the message does not take. */
    BAD_ARGUMENT,
    /** More releases than the client had references. */
    OVER_RELEASE,
    /** A message was sent, or an object autoreleased, by a thread without a pool: what is autoreleased leaks. */
    NO_POOL,
    /** A pool was popped twice, out of order, or by another operating-system thread. */
    POOL_ORDER,
    /** An encoder was used after {@code endEncoding}. */
    ENCODER_ENDED,
    /** Something that must wait for {@code endEncoding} was done while an encoder was open, or an encoder died open. */
    ENCODER_OPEN,
    /** A command buffer was used in a state that does not allow it. */
    COMMAND_BUFFER_STATE,
    /** A handler was added too late, or while an encoder was open. */
    HANDLER_TOO_LATE,
    /** A dispatch without a pipeline. */
    NO_PIPELINE,
    /** A kernel uses a buffer that was not bound. */
    UNBOUND_BUFFER,
    /** A kernel uses a sampler that was not bound. */
    UNBOUND_SAMPLER,
    /** A texture of another type, format or usage than the kernel's parameter. */
    TEXTURE_MISMATCH,
    /** A kernel uses threadgroup memory whose length was not set. */
    UNBOUND_THREADGROUP_MEMORY,
    /** An index or a range beyond what exists. */
    OUT_OF_RANGE,
    /** An offset, a length or an address without the alignment that Metal asks for. */
    MISALIGNED,
    /** A threadgroup that is empty or larger than the pipeline allows. */
    THREADGROUP_SIZE,
    /** Threadgroup memory beyond the device's limit, or not a multiple of 16 bytes. */
    THREADGROUP_MEMORY,
    /** More than 4096 bytes of inline constants. */
    INLINE_BYTES,
    /** A storage mode that the operation does not allow, or that the device does not have. */
    STORAGE_MODE,
    /** A command buffer without retained references uses a resource that died before it completed. */
    UNRETAINED_RESOURCE,
    /** An object of one device was given to another device. */
    OTHER_DEVICE,
    /** A fence or an event was used in a way that cannot work. */
    SYNCHRONIZATION,
    /** Metal has it, the software Metal does not. */
    UNSUPPORTED,
    /** A defect of the software Metal itself. */
    INTERNAL
}
