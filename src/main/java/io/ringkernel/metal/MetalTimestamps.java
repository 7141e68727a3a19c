package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_sampleTimestamps_gpuTimestamp;
import io.ringkernel.metal.objc.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/**
 * The clocks of CPU and GPU at the same moment. Two of them tell how long a tick of the GPU's clock is.
 *
 * @param cpu nanoseconds, unsigned, since a moment that no one says
 * @param gpu ticks of the clock that timestamp counters show, unsigned
 */
public record MetalTimestamps(long cpu, long gpu) {
    private static final Message SAMPLE = Message.of(MTLDevice_sampleTimestamps_gpuTimestamp.class);

    static MetalTimestamps of(MetalDevice device) {
        var send = device.objc().bind(SAMPLE);
        try (var arena = Arena.ofConfined();
                var receiver = device.receiver()) {
            var times = arena.allocate(ValueLayout.JAVA_LONG, 2);
            MTLDevice_sampleTimestamps_gpuTimestamp.invoke(
                    send.function(), receiver.id(), send.selector(), times, times.asSlice(Long.BYTES));
            return new MetalTimestamps(
                    times.getAtIndex(ValueLayout.JAVA_LONG, 0), times.getAtIndex(ValueLayout.JAVA_LONG, 1));
        }
    }

    /** Nanoseconds for each tick of the GPU's clock, as this and a later moment show it; 1 if no tick lies between. */
    public double nanosPerTick(MetalTimestamps later) {
        long ticks = later.gpu - gpu;
        return ticks == 0 ? 1 : (double) (later.cpu - cpu) / ticks;
    }
}
