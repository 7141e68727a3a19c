package io.ringkernel.metal.bench;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.k2k.K2KEndpoint;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.MpscArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An envelope to another thread and back, both threads spinning: through the broker, and through JCTools MPSC queues.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class K2KPingPongBenchmark {
    private final MessageEnvelope envelope = MessageEnvelope.of(MessageHeader.of(1, HlcTimestamp.ZERO), new byte[64]);
    private final MpscArrayQueue<MessageEnvelope> there = new MpscArrayQueue<>(1024);
    private final MpscArrayQueue<MessageEnvelope> back = new MpscArrayQueue<>(1024);

    private K2KBroker broker;
    private K2KEndpoint near;
    private K2KEndpoint far;
    private Thread echo;

    /**
     * JMH runs one benchmark per fork: only the echo of the one that runs may spin, for there may be two cores only.
     */
    private volatile boolean isBroker;

    private volatile boolean isOver;

    @Setup
    public void open() {
        broker = K2KBroker.create(K2KConfig.defaults());
        near = broker.register(KernelId.of("near"));
        far = broker.register(KernelId.of("far"));
        echo = Thread.ofPlatform().daemon().start(this::echo);
    }

    @TearDown
    public void close() throws InterruptedException {
        isOver = true;
        echo.join();
        broker.close();
    }

    private void echo() {
        while (!isOver) {
            if (isBroker) {
                far.tryReceive().ifPresent(message -> far.send(near.id(), message.envelope()));
            } else {
                var message = there.poll();
                if (message != null) {
                    back.offer(message);
                }
            }
            Thread.onSpinWait();
        }
    }

    @Benchmark
    @Goal(against = "jctoolsMpsc", atMost = 3)
    public MessageEnvelope k2kBroker() {
        isBroker = true;
        near.send(far.id(), envelope);
        var answer = near.tryReceive();
        while (answer.isEmpty()) {
            Thread.onSpinWait();
            answer = near.tryReceive();
        }
        return answer.get().envelope();
    }

    @Benchmark
    public MessageEnvelope jctoolsMpsc() {
        there.offer(envelope);
        var answer = back.poll();
        while (answer == null) {
            Thread.onSpinWait();
            answer = back.poll();
        }
        return answer;
    }
}
