package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCommandBuffer_GPUEndTime;
import io.ringkernel.metal.bindings.MTLCommandBuffer_GPUStartTime;
import io.ringkernel.metal.bindings.MTLCommandBuffer_error;
import io.ringkernel.metal.bindings.MTLCommandBuffer_kernelEndTime;
import io.ringkernel.metal.bindings.MTLCommandBuffer_kernelStartTime;
import io.ringkernel.metal.bindings.MTLCommandBuffer_status;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSError;
import io.ringkernel.metal.objc.ObjectiveC;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** What is known of a command buffer once its work has ended; times are in seconds of the host's clock. */
record CommandBufferOutcome(
        MetalCommandBufferStatus status,
        Optional<MetalError> error,
        List<MetalEncoderInfo> encoders,
        double gpuStartSeconds,
        double gpuEndSeconds,
        double kernelStartSeconds,
        double kernelEndSeconds) {
    private static final Message STATUS = Message.of(MTLCommandBuffer_status.class);
    private static final Message ERROR = Message.of(MTLCommandBuffer_error.class);
    private static final Message GPU_START = Message.of(MTLCommandBuffer_GPUStartTime.class);
    private static final Message GPU_END = Message.of(MTLCommandBuffer_GPUEndTime.class);
    private static final Message KERNEL_START = Message.of(MTLCommandBuffer_kernelStartTime.class);
    private static final Message KERNEL_END = Message.of(MTLCommandBuffer_kernelEndTime.class);

    /** A message that gives a time. */
    private interface TimeMessage {
        double send(MemorySegment function, MemorySegment receiver, MemorySegment selector);
    }

    /** Reads a command buffer that has ended. Inside a pool. */
    static CommandBufferOutcome read(ObjectiveC objc, MemorySegment id) {
        var status = objc.bind(STATUS);
        var code = MTLCommandBuffer_status.invoke(status.function(), id, status.selector());
        var askError = objc.bind(ERROR);
        var error = MTLCommandBuffer_error.invoke(askError.function(), id, askError.selector());
        return new CommandBufferOutcome(
                MetalCommandBufferStatus.of(code),
                ObjectiveC.isNil(error) ? Optional.empty() : Optional.of(MetalError.of(NSError.read(objc, error))),
                ObjectiveC.isNil(error) ? List.of() : MetalEncoderInfo.of(objc, error),
                time(objc, GPU_START, MTLCommandBuffer_GPUStartTime::invoke, id),
                time(objc, GPU_END, MTLCommandBuffer_GPUEndTime::invoke, id),
                time(objc, KERNEL_START, MTLCommandBuffer_kernelStartTime::invoke, id),
                time(objc, KERNEL_END, MTLCommandBuffer_kernelEndTime::invoke, id));
    }

    private static double time(ObjectiveC objc, Message message, TimeMessage type, MemorySegment id) {
        var send = objc.bind(message);
        return type.send(send.function(), id, send.selector());
    }
}
