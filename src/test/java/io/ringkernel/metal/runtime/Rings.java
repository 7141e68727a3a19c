package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalEncoderInfo.State;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.software.gpu.Faults;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.Priority;
import io.ringkernel.metal.wire.RecordCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A runtime for one test, the records and handlers that several tests use, and waiting that ends. */
public final class Rings implements AutoCloseable {
    public static final Duration LONG = Duration.ofSeconds(20);

    /** A numbered message of a sender. */
    public record Ping(int sender, int sequence, int priority) {}

    /** What the counting handler makes of it: the message, and how many were handled before. */
    public record Pong(int sender, int sequence, int priority, int count) {}

    /** The counting handler's state. */
    public record Count(int value) {}

    static final RecordCodec<Ping> PING = RecordCodec.of(Ping.class);
    static final RecordCodec<Pong> PONG = RecordCodec.of(Pong.class);

    static final KernelSource COUNTING = KernelSource.handler("""
            void handle(thread RingContext& ring) {
                const device Ping& ping = message_as<Ping>(ring);
                device Count& count = state_as<Count>(ring);
                Pong pong = {ping.sender, ping.sequence, ping.priority, count.value};
                count.value += 1;
                reply(ring, pong);
            }
            """, Ping.class, Pong.class, Count.class);

    /** The message that makes the straying handler stray. */
    static final int BAD = 999;

    /** Writes far beyond its state when it gets the bad message. */
    static final String STRAY = """
            void handle(thread RingContext& ring) {
                const device Ping& ping = message_as<Ping>(ring);
                device int* cells = (device int*)ring.state;
                if (ping.sequence == %d) {
                    cells[1 << 20] = 1;
                }
                Pong pong = {ping.sender, ping.sequence, ping.priority, cells[0]};
                cells[0] += 1;
                reply(ring, pong);
            }
            """.formatted(BAD);

    static MetalRuntime.Builder oneAtATime(MetalDevice device) {
        return MetalRuntime.builder()
                .device(device)
                .dispatchPolicy(DispatchPolicy.defaults().withMaxInFlight(1));
    }

    /** What a driver says of work that others ended. */
    static final String VICTIM =
            "Discarded (victim of GPU error/recovery) (00000005:kIOGPUCommandBufferCallbackErrorInnocentVictim)";

    static final String STATELESS = """
            void handle(thread RingContext& ring) {
                const device Ping& ping = message_as<Ping>(ring);
                Pong pong = {ping.sender, ping.sequence, ping.priority, 0};
                reply(ring, pong);
            }
            """;

    static LaunchOptions.Builder parallel() {
        return LaunchOptions.builder().activateAtOnce().handling(LaunchOptions.Handling.PARALLEL);
    }

    /** A fault of a command buffer after which its encoders have these states. */
    static Faults.CommandBufferFault fault(long code, String text, List<State> states) {
        return new Faults.CommandBufferFault(
                "MTLCommandBufferErrorDomain",
                code,
                text,
                states.stream().map(Rings::code).toList());
    }

    private static long code(State state) {
        return switch (state) {
            case UNKNOWN -> Mtl.MTLCommandEncoderErrorStateUnknown();
            case COMPLETED -> Mtl.MTLCommandEncoderErrorStateCompleted();
            case AFFECTED -> Mtl.MTLCommandEncoderErrorStateAffected();
            case PENDING -> Mtl.MTLCommandEncoderErrorStatePending();
            case FAULTED -> Mtl.MTLCommandEncoderErrorStateFaulted();
        };
    }

    final ConcurrentLinkedQueue<DeadLetter> deadLetters = new ConcurrentLinkedQueue<>();
    public final MetalRuntime runtime;

    public Rings(MetalDevice device) {
        this(MetalRuntime.builder().device(device));
    }

    Rings(MetalRuntime.Builder builder) {
        runtime = await(builder.deadLetters(deadLetters::add).start());
    }

    /** Options for an active kernel with the counting handler's state. */
    static LaunchOptions.Builder counting() {
        return LaunchOptions.builder().initialState(new Count(0)).activateAtOnce();
    }

    KernelHandle launch(LaunchOptions.Builder options, KernelSource source) {
        return await(runtime.launch("k", options.build(), source));
    }

    KernelHandle launch(String id, LaunchOptions.Builder options, String handler) {
        return await(runtime.launch(
                id, options.build(), KernelSource.handler(handler, Ping.class, Pong.class, Count.class)));
    }

    MessageEnvelope ping(int sender, int sequence, Priority priority) {
        var header =
                MessageHeader.of(PING.messageType(), runtime.clock().tick()).withPriority(priority);
        return MessageEnvelope.of(header, PING, new Ping(sender, sequence, priority.level()));
    }

    public MessageEnvelope ping(int sequence) {
        return ping(0, sequence, Priority.NORMAL);
    }

    /** The same message, worthless from {@code deadline} on. */
    static MessageEnvelope until(MessageEnvelope message, HlcTimestamp deadline) {
        return message.withHeader(message.header().withDeadline(deadline));
    }

    static List<Integer> sequences(KernelHandle kernel, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> await(kernel.receive(LONG)).decode(PONG).sequence())
                .toList();
    }

    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    public static Throwable failureOf(CompletableFuture<?> future) {
        try {
            throw new AssertionError("succeeded: " + future.get(LONG.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for what happens on another thread and tells nobody. */
    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within " + LONG);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    @Override
    public void close() {
        runtime.close();
    }

    /** Keeps the only command buffer that may be under way busy, so that what is sent meanwhile shares the next one. */
    static final class Together implements AutoCloseable {
        private final Faults.Hold hold;
        private final KernelHandle blocker;
        private final CompletableFuture<MessageEnvelope> blocked;

        /** Holds completions back once the blocker's work is done. */
        Together(Rings rings, SoftwareMetal software, MetalBuffer seen) {
            blocker =
                    rings.launch("blocker", LaunchOptions.builder().state(seen).activateAtOnce(), STRAY);
            hold = software.faults(0).holdCompletions();
            int before = seen.readInts(0, 1)[0];
            blocked = blocker.call(rings.ping(0), LONG);
            Rings.until(() -> seen.readInts(0, 1)[0] == before + 1);
        }

        /** Lets go of what was held back. */
        @Override
        public void close() {
            hold.close();
            await(blocked);
            await(blocker.terminate());
        }
    }
}
