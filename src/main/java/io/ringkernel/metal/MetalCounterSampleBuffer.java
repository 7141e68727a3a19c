package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCounterSampleBufferDescriptor_setCounterSet;
import io.ringkernel.metal.bindings.MTLCounterSampleBufferDescriptor_setLabel;
import io.ringkernel.metal.bindings.MTLCounterSampleBufferDescriptor_setSampleCount;
import io.ringkernel.metal.bindings.MTLCounterSampleBufferDescriptor_setStorageMode;
import io.ringkernel.metal.bindings.MTLCounterSampleBuffer_label;
import io.ringkernel.metal.bindings.MTLCounterSampleBuffer_resolveCounterRange;
import io.ringkernel.metal.bindings.MTLDevice_newCounterSampleBufferWithDescriptor_error;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.ErrorSlot;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSData;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Where a GPU puts what its counters say at moments of a command buffer ({@code MTLCounterSampleBuffer}). */
public final class MetalCounterSampleBuffer extends MetalObject {
    /** What a sample has where the GPU could not take it; all bits are set. */
    public static final long ERROR_VALUE = -1L;

    private static final Message NEW_BUFFER = Message.of(MTLDevice_newCounterSampleBufferWithDescriptor_error.class);
    private static final Message SET_COUNTERS = Message.of(MTLCounterSampleBufferDescriptor_setCounterSet.class);
    private static final Message SET_COUNT = Message.of(MTLCounterSampleBufferDescriptor_setSampleCount.class);
    private static final Message SET_MODE = Message.of(MTLCounterSampleBufferDescriptor_setStorageMode.class);
    private static final Message SET_LABEL = Message.of(MTLCounterSampleBufferDescriptor_setLabel.class);
    private static final Message LABEL = Message.of(MTLCounterSampleBuffer_label.class);
    private static final Message RESOLVE = Message.of(MTLCounterSampleBuffer_resolveCounterRange.class);

    /** Metal gives 32 KiB at most to the samples of a buffer. */
    private static final int MOST_BYTES = 1 << 15;

    private final MetalCounterSet counters;
    private final int sampleCount;

    private MetalCounterSampleBuffer(Retained retained, MetalCounterSet counters, int sampleCount) {
        super(retained);
        this.counters = counters;
        this.sampleCount = sampleCount;
    }

    static MetalCounterSampleBuffer make(MetalDevice device, MetalCounterSet counters, int sampleCount, String label) {
        int most = MOST_BYTES / Long.BYTES / Math.max(1, counters.counters().size());
        if (sampleCount < 1 || sampleCount > most) {
            throw new IllegalArgumentException("sampleCount not in 1.." + most + ": " + sampleCount);
        }
        var objc = device.objc();
        try (var receiver = device.receiver();
                var slot = new ErrorSlot(objc);
                var text = NSString.of(objc, label);
                var descriptor = NSObject.make(objc, "MTLCounterSampleBufferDescriptor")) {
            var set = objc.bind(SET_COUNTERS);
            MTLCounterSampleBufferDescriptor_setCounterSet.invoke(
                    set.function(), descriptor.id(), set.selector(), counters.lent(objc, receiver));
            var count = objc.bind(SET_COUNT);
            MTLCounterSampleBufferDescriptor_setSampleCount.invoke(
                    count.function(), descriptor.id(), count.selector(), sampleCount);
            var mode = objc.bind(SET_MODE);
            MTLCounterSampleBufferDescriptor_setStorageMode.invoke(
                    mode.function(), descriptor.id(), mode.selector(), Mtl.MTLStorageModeShared());
            var setLabel = objc.bind(SET_LABEL);
            MTLCounterSampleBufferDescriptor_setLabel.invoke(
                    setLabel.function(), descriptor.id(), setLabel.selector(), text.id());
            var send = objc.bind(NEW_BUFFER);
            var buffer = MTLDevice_newCounterSampleBufferWithDescriptor_error.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id(), slot.address());
            if (ObjectiveC.isNil(buffer)) {
                throw new DriverException("making a counter sample buffer", MetalLibrary.errorOf(slot));
            }
            return new MetalCounterSampleBuffer(Retained.of(objc, NEW_BUFFER, buffer), counters, sampleCount);
        }
    }

    /** What each sample holds. */
    public MetalCounterSet counters() {
        return counters;
    }

    /** How many samples there is room for. */
    public int sampleCount() {
        return sampleCount;
    }

    /** The name in tools and messages, which the buffer was made with. */
    public String label() {
        return sendForString(LABEL, MTLCounterSampleBuffer_label::invoke);
    }

    /**
     * Values of samples: for each in turn one value for each counter, in the order of {@link #counters()}. To be asked
     * for once the work that takes them has completed.
     *
     * @return unsigned values; {@link #ERROR_VALUE} where a sample could not be taken
     * @throws IndexOutOfBoundsException if there is no room for so many
     * @throws DriverException if the device cannot give them
     */
    public long[] resolve(int first, int count) {
        Objects.checkFromIndexSize(first, count, sampleCount);
        if (count == 0) {
            return new long[0];
        }
        var send = objc().bind(RESOLVE);
        try (var receiver = receiver()) {
            var data = MTLCounterSampleBuffer_resolveCounterRange.invoke(
                    send.function(), receiver.id(), send.selector(), MemorySegment.ofArray(new long[] {first, count}));
            if (ObjectiveC.isNil(data)) {
                throw new DriverException("resolving counters", new MetalError("", 0, "the driver returned nil"));
            }
            var bytes = MemorySegment.ofArray(NSData.toJava(objc(), data));
            var values = new long[count * counters.counters().size()];
            MemorySegment.copy(bytes, ValueLayout.JAVA_LONG_UNALIGNED, 0, values, 0, values.length);
            return values;
        }
    }
}
