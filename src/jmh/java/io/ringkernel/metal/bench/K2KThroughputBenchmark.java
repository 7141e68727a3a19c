package io.ringkernel.metal.bench;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.k2k.DeliveryStatus;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.k2k.K2KEndpoint;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Envelopes of a 256-byte header and a 64-byte payload from two senders to one receiver: through the broker, with
 * receipts, priorities, timeouts and hybrid logical time; through an LMAX Disruptor; and to a Pekko typed actor, whose
 * mailbox is unbounded. The bounded ones have room for 65,536 messages; their senders sleep when there is none. All
 * three pass on the same envelopes, which the receiver reads, and an operation ends when it has read all of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class K2KThroughputBenchmark {
    private static final int MESSAGES = 200_000;
    private static final int CAPACITY = 65_536;

    private final MessageEnvelope[] envelopes = new MessageEnvelope[1024];

    private K2KBroker broker;
    private K2KEndpoint receiver;
    private K2KEndpoint[] senders;
    private Disruptor<Slot> disruptor;
    private ActorSystem<MessageEnvelope> actors;

    /** Written by one consumer thread at a time. */
    private volatile Counter counter;

    private static final class Slot {
        private MessageEnvelope envelope;
    }

    private static final class Counter {
        private final CountDownLatch done = new CountDownLatch(1);
        private long sum;
        private int count;

        void add(MessageEnvelope envelope) {
            sum += read(envelope);
            if (++count == MESSAGES) {
                done.countDown();
            }
        }
    }

    @Setup
    public void open() {
        for (int i = 0; i < envelopes.length; i++) {
            envelopes[i] = MessageEnvelope.of(MessageHeader.of(1, HlcTimestamp.ZERO), new byte[64]);
        }
        broker = K2KBroker.create(K2KConfig.defaults().withMaxPendingMessages(CAPACITY));
        receiver = broker.register(KernelId.of("receiver"));
        senders = new K2KEndpoint[] {broker.register(KernelId.of("one")), broker.register(KernelId.of("two"))};
        disruptor = new Disruptor<>(
                Slot::new,
                CAPACITY,
                Thread.ofPlatform().daemon().factory(),
                ProducerType.MULTI,
                new BlockingWaitStrategy());
        disruptor.handleEventsWith((slot, sequence, isLast) -> {
            counter.add(slot.envelope);
            slot.envelope = null;
        });
        disruptor.start();
        actors = ActorSystem.create(
                Behaviors.receiveMessage(envelope -> {
                    counter.add(envelope);
                    return Behaviors.same();
                }),
                "receiver");
    }

    @TearDown
    public void close() {
        broker.close();
        disruptor.shutdown();
        actors.terminate();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    @Goal(against = "pekkoTell", atMost = 0.5)
    @Goal(against = "lmaxDisruptor", atMost = 2)
    public long k2kBroker() throws InterruptedException {
        start(envelope -> send(senders[0], envelope), envelope -> send(senders[1], envelope));
        long sum = 0;
        for (int i = 0; i < MESSAGES; i++) {
            sum += read(receiver.receive().envelope());
        }
        return sum;
    }

    /** What every receiver does with a message: looks into its header, and copies its payload out. */
    private static long read(MessageEnvelope envelope) {
        var payload = envelope.payloadBytes();
        return envelope.header().messageId().value() + payload[0] + payload[payload.length - 1];
    }

    private void send(K2KEndpoint sender, MessageEnvelope envelope) {
        while (sender.send(receiver.id(), envelope).status() == DeliveryStatus.QUEUE_FULL) {
            LockSupport.parkNanos(1);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long lmaxDisruptor() throws InterruptedException {
        var ring = disruptor.getRingBuffer();
        counter = new Counter();
        start(envelope -> publish(ring, envelope), envelope -> publish(ring, envelope));
        counter.done.await();
        return counter.sum;
    }

    private static void publish(RingBuffer<Slot> ring, MessageEnvelope envelope) {
        long sequence = ring.next();
        ring.get(sequence).envelope = envelope;
        ring.publish(sequence);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long pekkoTell() throws InterruptedException {
        counter = new Counter();
        start(actors::tell, actors::tell);
        counter.done.await();
        return counter.sum;
    }

    private void start(Consumer<MessageEnvelope> one, Consumer<MessageEnvelope> two) {
        Thread.ofPlatform().daemon().start(() -> sendHalf(one));
        Thread.ofPlatform().daemon().start(() -> sendHalf(two));
    }

    private void sendHalf(Consumer<MessageEnvelope> sender) {
        for (int i = 0; i < MESSAGES / 2; i++) {
            sender.accept(envelopes[i & envelopes.length - 1]);
        }
    }
}
