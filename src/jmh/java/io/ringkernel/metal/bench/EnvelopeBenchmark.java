package io.ringkernel.metal.bench;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.RecordCodec;
import io.ringkernel.metal.wire.RingMessage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Encoding and decoding a record of six components. The table's last column says what each allocates: an envelope is
 * 168 bytes (envelope, header, id, payload), a decoded record 40, and writing into a slot nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {
    private static final RecordCodec<Order> ORDER = RecordCodec.of(Order.class);

    private final HlcTimestamp now = new HlcTimestamp(1, 2, 3);
    private final MemorySegment slot = Arena.ofAuto().allocate(512, 64);
    private Order order = new Order(7, 3, 99.5f, 100, Side.SELL, 0.25f);
    private MessageEnvelope envelope = MessageEnvelope.of(ORDER, order, now);

    public enum Side {
        BUY,
        SELL
    }

    public record Order(
            @RingMessage.Unsigned long id,
            int symbol,
            float price,
            int quantity,
            Side side,
            @RingMessage.Half float weight) {}

    @Benchmark
    @Goal
    public MessageEnvelope encodeIntoAnEnvelope() {
        return MessageEnvelope.of(ORDER, order, now);
    }

    @Benchmark
    @Goal
    public Order decodeFromAnEnvelope() {
        return envelope.decode(ORDER);
    }

    @Benchmark
    @Goal
    public MemorySegment encodeIntoASlot() {
        ORDER.encode(order, slot);
        return slot;
    }

    @Benchmark
    @Goal
    public MemorySegment writeAnEnvelopeToASlot() {
        envelope.writeTo(slot);
        return slot;
    }

    @Benchmark
    @Goal
    public MessageEnvelope writeAnEnvelopeAndReadItBack() {
        envelope.writeTo(slot);
        return MessageEnvelope.readFrom(slot);
    }
}
