package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLComputePassDescriptor_sampleBufferAttachments;
import io.ringkernel.metal.bindings.MTLComputePassDescriptor_setDispatchType;
import io.ringkernel.metal.bindings.MTLComputePassSampleBufferAttachmentDescriptorArray_objectAtIndexedSubscript;
import io.ringkernel.metal.bindings.MTLComputePassSampleBufferAttachmentDescriptor_setEndOfEncoderSampleIndex;
import io.ringkernel.metal.bindings.MTLComputePassSampleBufferAttachmentDescriptor_setSampleBuffer;
import io.ringkernel.metal.bindings.MTLComputePassSampleBufferAttachmentDescriptor_setStartOfEncoderSampleIndex;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.util.Objects;
import java.util.Optional;

/**
 * What a compute encoder is to be ({@code MTLComputePassDescriptor}). Immutable: each {@code with} method gives a
 * changed copy.
 *
 * @param dispatchType how its dispatches follow each other
 * @param samples where counters are sampled when it begins and ends, if anywhere
 * @param startIndex of the sample when it begins
 * @param endIndex of the sample when it ends
 */
public record MetalComputePass(
        MetalDispatchType dispatchType, Optional<MetalCounterSampleBuffer> samples, int startIndex, int endIndex) {
    private static final Message SET_TYPE = Message.of(MTLComputePassDescriptor_setDispatchType.class);
    private static final Message ATTACHMENTS = Message.of(MTLComputePassDescriptor_sampleBufferAttachments.class);
    private static final Message AT =
            Message.of(MTLComputePassSampleBufferAttachmentDescriptorArray_objectAtIndexedSubscript.class);
    private static final Message SET_BUFFER =
            Message.of(MTLComputePassSampleBufferAttachmentDescriptor_setSampleBuffer.class);
    private static final Message SET_START =
            Message.of(MTLComputePassSampleBufferAttachmentDescriptor_setStartOfEncoderSampleIndex.class);
    private static final Message SET_END =
            Message.of(MTLComputePassSampleBufferAttachmentDescriptor_setEndOfEncoderSampleIndex.class);

    /**
     * All properties.
     *
     * @throws IndexOutOfBoundsException if there are no such samples
     */
    public MetalComputePass {
        Objects.requireNonNull(dispatchType, "dispatchType");
        samples.ifPresent(buffer -> {
            Objects.checkIndex(startIndex, buffer.sampleCount());
            Objects.checkIndex(endIndex, buffer.sampleCount());
        });
    }

    /** An encoder whose dispatches follow each other so. */
    public static MetalComputePass of(MetalDispatchType type) {
        return new MetalComputePass(type, Optional.empty(), 0, 0);
    }

    /**
     * A copy that samples counters when the encoder begins and ends.
     *
     * @throws IndexOutOfBoundsException if there are no such samples
     */
    public MetalComputePass withSamples(MetalCounterSampleBuffer buffer, int atStart, int atEnd) {
        return new MetalComputePass(dispatchType, Optional.of(buffer), atStart, atEnd);
    }

    /** An {@code MTLComputePassDescriptor}, which the caller closes. Inside a pool; the sample buffer is held. */
    Retained toObject(ObjectiveC objc, MetalObject.Held held) {
        var made = NSObject.make(objc, "MTLComputePassDescriptor");
        var type = objc.bind(SET_TYPE);
        MTLComputePassDescriptor_setDispatchType.invoke(
                type.function(), made.id(), type.selector(), dispatchType.code());
        if (held == null) {
            return made;
        }
        var ask = objc.bind(ATTACHMENTS);
        var attachments =
                MTLComputePassDescriptor_sampleBufferAttachments.invoke(ask.function(), made.id(), ask.selector());
        var at = objc.bind(AT);
        var first = MTLComputePassSampleBufferAttachmentDescriptorArray_objectAtIndexedSubscript.invoke(
                at.function(), attachments, at.selector(), 0);
        var buffer = objc.bind(SET_BUFFER);
        MTLComputePassSampleBufferAttachmentDescriptor_setSampleBuffer.invoke(
                buffer.function(), first, buffer.selector(), held.id());
        var start = objc.bind(SET_START);
        MTLComputePassSampleBufferAttachmentDescriptor_setStartOfEncoderSampleIndex.invoke(
                start.function(), first, start.selector(), startIndex);
        var end = objc.bind(SET_END);
        MTLComputePassSampleBufferAttachmentDescriptor_setEndOfEncoderSampleIndex.invoke(
                end.function(), first, end.selector(), endIndex);
        return made;
    }
}
