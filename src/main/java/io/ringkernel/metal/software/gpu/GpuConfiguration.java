package io.ringkernel.metal.software.gpu;

import io.ringkernel.metal.msl.run.check.Instrumentation;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One software device before it exists.
 *
 * @param kernelTimeout how long a dispatch may run before it is stopped with Metal's timeout error
 * @param instrumentation what kernels look for while they run
 */
public record GpuConfiguration(
        GpuIdentity identity, GpuLimits limits, Duration kernelTimeout, Instrumentation instrumentation) {
    private static final long GIB = 1L << 30;
    private static final Duration KERNEL_TIMEOUT = Duration.ofSeconds(30);

    public GpuConfiguration {
        if (kernelTimeout.isNegative() || kernelTimeout.isZero()) {
            throw new IllegalArgumentException("kernelTimeout not positive: " + kernelTimeout);
        }
    }

    /**
     * A device as in Apple silicon: unified memory, Apple7, Metal3. It has 16 GiB, whatever the machine has, so that
     * programs behave alike everywhere; what the JVM cannot allocate is nil.
     */
    public static GpuConfiguration unified() {
        var identity = new GpuIdentity(
                "ringkernel software Metal", "software", 0x736f_6674_0001L, true, false, families(1001, 1007));
        return new GpuConfiguration(
                identity, new GpuLimits(1024, 32_768, 4 * GIB, 16 * GIB, 4), KERNEL_TIMEOUT, CheckProperty.value());
    }

    /** A device as in an Intel Mac with a graphics card: memory of its own, managed buffers, Mac2. */
    public static GpuConfiguration discrete() {
        var identity = new GpuIdentity(
                "ringkernel software Metal (discrete)",
                "software-discrete",
                0x736f_6674_0002L,
                false,
                true,
                families(2002, 2002));
        return new GpuConfiguration(
                identity, new GpuLimits(1024, 32_768, GIB, 4 * GIB, 32), KERNEL_TIMEOUT, CheckProperty.value());
    }

    /** The values from first to last, and those that every supported device has: Common1 to Common3, Metal3. */
    private static Set<Long> families(long first, long last) {
        return Stream.concat(LongStream.rangeClosed(first, last).boxed(), Stream.of(3001L, 3002L, 3003L, 5001L))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same with other limits. */
    public GpuConfiguration withLimits(GpuLimits other) {
        return new GpuConfiguration(identity, other, kernelTimeout, instrumentation);
    }

    /** The same with another time limit for dispatches. */
    public GpuConfiguration withKernelTimeout(Duration other) {
        return new GpuConfiguration(identity, limits, other, instrumentation);
    }

    /** The same with kernels that are checked for this, and for nothing else. */
    public GpuConfiguration withChecks(boolean races, boolean undefined, boolean lanes) {
        return withInstrumentation(new Instrumentation(races, undefined, lanes));
    }

    /** The same with kernels that look for something. */
    public GpuConfiguration withInstrumentation(Instrumentation other) {
        return new GpuConfiguration(identity, limits, kernelTimeout, other);
    }

    /** The same with this much memory, no buffer longer than that. */
    public GpuConfiguration withMemory(long bytes) {
        long longest = Math.min(limits.bufferLength(), bytes);
        return withLimits(new GpuLimits(
                limits.threadsPerThreadgroup(),
                limits.threadgroupMemory(),
                longest,
                bytes,
                limits.constantOffsetAlignment()));
    }
}
