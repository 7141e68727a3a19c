package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLIndirectCommandBufferDescriptor_setCommandTypes;
import io.ringkernel.metal.bindings.MTLIndirectCommandBufferDescriptor_setInheritBuffers;
import io.ringkernel.metal.bindings.MTLIndirectCommandBufferDescriptor_setInheritPipelineState;
import io.ringkernel.metal.bindings.MTLIndirectCommandBufferDescriptor_setMaxKernelBufferBindCount;
import io.ringkernel.metal.bindings.MTLIndirectCommandBufferDescriptor_setMaxKernelThreadgroupMemoryBindCount;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;

/**
 * What the commands of an indirect command buffer bind ({@code MTLIndirectCommandBufferDescriptor}). All are
 * dispatches. Immutable: each {@code with} method gives a changed copy.
 *
 * @param inheritsPipeline whether commands run the pipeline of the encoder that executes them, and have none
 * @param inheritsBuffers whether commands see the buffers of the encoder that executes them, and bind none
 * @param bufferCount one more than the largest index of a buffer that a command binds, in 0..31
 * @param threadgroupMemoryCount one more than the largest index of threadgroup memory that a command gives a length, in
 *     0..31; heard of from macOS 14 on
 */
public record MetalIndirectCommandBufferDescriptor(
        boolean inheritsPipeline, boolean inheritsBuffers, int bufferCount, int threadgroupMemoryCount) {
    private static final Message SET_TYPES = Message.of(MTLIndirectCommandBufferDescriptor_setCommandTypes.class);
    private static final Message INHERIT_PIPELINE =
            Message.of(MTLIndirectCommandBufferDescriptor_setInheritPipelineState.class);
    private static final Message INHERIT_BUFFERS =
            Message.of(MTLIndirectCommandBufferDescriptor_setInheritBuffers.class);
    private static final Message SET_BUFFERS =
            Message.of(MTLIndirectCommandBufferDescriptor_setMaxKernelBufferBindCount.class);
    private static final Message SET_MEMORY =
            Message.of(MTLIndirectCommandBufferDescriptor_setMaxKernelThreadgroupMemoryBindCount.class);

    /**
     * All properties.
     *
     * @throws IllegalArgumentException if a number is not in 0..31, or commands inherit buffers and bind some
     */
    public MetalIndirectCommandBufferDescriptor {
        requireCount("bufferCount", bufferCount);
        requireCount("threadgroupMemoryCount", threadgroupMemoryCount);
        if (inheritsBuffers && bufferCount > 0) {
            throw new IllegalArgumentException("commands that inherit buffers bind none: " + bufferCount);
        }
    }

    private static void requireCount(String name, int count) {
        if (count < 0 || count > MetalLimits.BUFFER_SLOTS) {
            throw new IllegalArgumentException(name + " not in 0.." + MetalLimits.BUFFER_SLOTS + ": " + count);
        }
    }

    /** Commands with a pipeline of their own, and buffers at so many indices. */
    public static MetalIndirectCommandBufferDescriptor ofBuffers(int bufferCount) {
        return new MetalIndirectCommandBufferDescriptor(false, false, bufferCount, 0);
    }

    /** A copy whose commands run the encoder's pipeline. */
    public MetalIndirectCommandBufferDescriptor withInheritedPipeline() {
        return new MetalIndirectCommandBufferDescriptor(true, inheritsBuffers, bufferCount, threadgroupMemoryCount);
    }

    /** A copy whose commands see the encoder's buffers, and bind none. */
    public MetalIndirectCommandBufferDescriptor withInheritedBuffers() {
        return new MetalIndirectCommandBufferDescriptor(inheritsPipeline, true, 0, threadgroupMemoryCount);
    }

    /** A copy whose commands give threadgroup memory a length, at so many indices. */
    public MetalIndirectCommandBufferDescriptor withThreadgroupMemory(int count) {
        return new MetalIndirectCommandBufferDescriptor(inheritsPipeline, inheritsBuffers, bufferCount, count);
    }

    /** An {@code MTLIndirectCommandBufferDescriptor}, which the caller closes. Inside a pool. */
    Retained toObject(ObjectiveC objc) {
        var made = NSObject.make(objc, "MTLIndirectCommandBufferDescriptor");
        var types = objc.bind(SET_TYPES);
        MTLIndirectCommandBufferDescriptor_setCommandTypes.invoke(
                types.function(),
                made.id(),
                types.selector(),
                Mtl.MTLIndirectCommandTypeConcurrentDispatch() | Mtl.MTLIndirectCommandTypeConcurrentDispatchThreads());
        var pipeline = objc.bind(INHERIT_PIPELINE);
        MTLIndirectCommandBufferDescriptor_setInheritPipelineState.invoke(
                pipeline.function(), made.id(), pipeline.selector(), inheritsPipeline);
        var buffers = objc.bind(INHERIT_BUFFERS);
        MTLIndirectCommandBufferDescriptor_setInheritBuffers.invoke(
                buffers.function(), made.id(), buffers.selector(), inheritsBuffers);
        var count = objc.bind(SET_BUFFERS);
        MTLIndirectCommandBufferDescriptor_setMaxKernelBufferBindCount.invoke(
                count.function(), made.id(), count.selector(), bufferCount);
        if (objc.respondsTo(made.id(), SET_MEMORY)) {
            var memory = objc.bind(SET_MEMORY);
            MTLIndirectCommandBufferDescriptor_setMaxKernelThreadgroupMemoryBindCount.invoke(
                    memory.function(), made.id(), memory.selector(), threadgroupMemoryCount);
        }
        return made;
    }
}
