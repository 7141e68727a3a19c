package io.ringkernel.metal;

import io.ringkernel.metal.bench.Goal;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_dispatchThreads_threadsPerThreadgroup;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setBuffer_offset_atIndex;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setBytes_length_atIndex;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Send;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the wrappers add to the messages themselves: the generated downcalls, in an autorelease pool, with everything
 * looked up beforehand. A dispatch with nothing, one buffer or a few bytes that changed since the last one. Stands in
 * the wrappers' package because it needs the receivers that they hide. The driver's share, which is in both, allocates
 * too: only the difference is the wrappers'.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodingBenchmark {
    private static final int MESSAGES = 500;
    private static final MetalSize ONE = MetalSize.of(1);
    private static final long OTHER_OFFSET = 32;

    private MetalDevice device;
    private ObjectiveC objc;
    private MetalPipeline pipeline;
    private MetalCommandQueue queue;
    private MetalBuffer buffer;
    private MetalCommandBuffer commands;
    private MetalComputeEncoder encoder;
    private MemorySegment bytes;
    private MemorySegment encoderId;
    private MemorySegment bufferId;
    private MemorySegment size;
    private Send setBuffer;
    private Send setBytes;
    private Send dispatch;

    @Setup
    public void open() {
        device = MetalDevice.software();
        try (var library = device.newLibrary("kernel void one(device float* a [[buffer(0)]]) {}");
                var function = library.function("one")) {
            pipeline = device.newPipeline(function);
        }
        queue = device.newCommandQueue();
        buffer = device.newBuffer(64);
        bufferId = buffer.retained().id();
        bytes = Arena.ofAuto().allocate(16);
        size = ONE.segment();
        objc = device.objc();
        setBuffer = objc.bind(Message.of(MTLComputeCommandEncoder_setBuffer_offset_atIndex.class));
        setBytes = objc.bind(Message.of(MTLComputeCommandEncoder_setBytes_length_atIndex.class));
        dispatch = objc.bind(Message.of(MTLComputeCommandEncoder_dispatchThreads_threadsPerThreadgroup.class));
    }

    @TearDown
    public void close() {
        buffer.close();
        queue.close();
        pipeline.close();
        device.close();
    }

    /** A new encoder for each few hundred messages, so that what the driver notes down stays small. */
    @Setup(Level.Invocation)
    public void begin() {
        commands = queue.commandBuffer();
        encoder = commands.computeEncoder();
        encoder.setPipeline(pipeline);
        encoder.setBuffer(0, buffer);
        encoderId = encoder.retained().id();
    }

    @TearDown(Level.Invocation)
    public void end() {
        commands.close();
    }

    @Benchmark
    @Goal(against = "setBufferMessage", atMost = 1.1)
    @OperationsPerInvocation(MESSAGES)
    public void setBuffer() {
        for (int i = 0; i < MESSAGES; i++) {
            encoder.setBuffer(0, buffer, (i & 1) * OTHER_OFFSET);
            encoder.dispatchThreads(ONE, ONE);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void setBufferMessage() {
        for (int i = 0; i < MESSAGES; i++) {
            try (var _ = AutoreleasePool.push(objc)) {
                MTLComputeCommandEncoder_setBuffer_offset_atIndex.invoke(
                        setBuffer.function(), encoderId, setBuffer.selector(), bufferId, (i & 1) * OTHER_OFFSET, 0);
                sendDispatch();
            }
        }
    }

    @Benchmark
    @Goal(against = "setBytesMessage", atMost = 1.1)
    @OperationsPerInvocation(MESSAGES)
    public void setBytes() {
        for (int i = 0; i < MESSAGES; i++) {
            encoder.setBytes(0, bytes);
            encoder.dispatchThreads(ONE, ONE);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void setBytesMessage() {
        for (int i = 0; i < MESSAGES; i++) {
            try (var _ = AutoreleasePool.push(objc)) {
                MTLComputeCommandEncoder_setBytes_length_atIndex.invoke(
                        setBytes.function(), encoderId, setBytes.selector(), bytes, bytes.byteSize(), 0);
                sendDispatch();
            }
        }
    }

    @Benchmark
    @Goal(against = "dispatchMessage", atMost = 1.1)
    @OperationsPerInvocation(MESSAGES)
    public void dispatch() {
        for (int i = 0; i < MESSAGES; i++) {
            encoder.dispatchThreads(ONE, ONE);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void dispatchMessage() {
        for (int i = 0; i < MESSAGES; i++) {
            try (var _ = AutoreleasePool.push(objc)) {
                sendDispatch();
            }
        }
    }

    private void sendDispatch() {
        MTLComputeCommandEncoder_dispatchThreads_threadsPerThreadgroup.invoke(
                dispatch.function(), encoderId, dispatch.selector(), size, size);
    }
}
