package io.ringkernel.metal;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long the GPU takes for the commands of one compute encoder: by timestamps at the encoder's boundaries where the
 * device takes them, or else by the times of the command buffer, which has nothing else in it.
 */
final class GpuTimer {
    private GpuTimer() {}

    static Duration time(MetalCommandQueue queue, Consumer<MetalComputeEncoder> commands) {
        var device = queue.device();
        var timestamps = MetalCounterSet.of(device).stream()
                .filter(set -> set.name().equals(MetalCounterSet.TIMESTAMP))
                .findFirst();
        if (timestamps.isEmpty() || !device.supportsCounterSampling(MetalCounterSamplingPoint.ENCODER_BOUNDARY)) {
            return run(queue, MetalComputePass.of(MetalDispatchType.SERIAL), commands);
        }
        try (var samples = device.newCounterSampleBuffer(timestamps.get(), 2)) {
            var before = device.sampleTimestamps();
            var pass = MetalComputePass.of(MetalDispatchType.SERIAL).withSamples(samples, 0, 1);
            var whole = run(queue, pass, commands);
            var after = device.sampleTimestamps();
            var ticks = samples.resolve(0, 2);
            boolean isTaken = ticks[0] != MetalCounterSampleBuffer.ERROR_VALUE
                    && ticks[1] != MetalCounterSampleBuffer.ERROR_VALUE
                    && ticks[1] - ticks[0] >= 0;
            return isTaken ? Duration.ofNanos(Math.round((ticks[1] - ticks[0]) * before.nanosPerTick(after))) : whole;
        }
    }

    private static Duration run(
            MetalCommandQueue queue, MetalComputePass pass, Consumer<MetalComputeEncoder> commands) {
        try (var buffer = queue.commandBuffer()) {
            try (var encoder = buffer.computeEncoder(pass)) {
                commands.accept(encoder);
            }
            buffer.commit();
            buffer.waitUntilCompleted();
            return buffer.gpuTime();
        }
    }
}
