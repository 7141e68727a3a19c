package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of kernels that send to each other on the GPU, under many senders and while their members change. */
@Timeout(120)
@ExtendWith(TestDevice.class)
final class GraphPromisesTest {
    private static final int SENDERS = 3;
    private static final int MESSAGES = 400;

    /** Passes a message on to the next stage; with no next one, numbers it and gives it to the host. */
    private static KernelSource stage(String next) {
        return KernelSource.handler(
                next == null ? """
                void handle(thread RingContext& ring) {
                    const device Ping& ping = message_as<Ping>(ring);
                    device Count& count = state_as<Count>(ring);
                    Pong pong = {ping.sender, ping.sequence, ping.priority, count.value};
                    count.value += 1;
                    send(ring, 0ul, pong);
                }
                """ : """
                void handle(thread RingContext& ring) {
                    send(ring, 0x%xul, message_as<Ping>(ring));
                }
                """.formatted(KernelId.of(next).number()),
                Rings.Ping.class,
                Rings.Pong.class,
                Rings.Count.class);
    }

    /** Three stages; what a run sent, and what came of it. */
    private static final class Run {
        final Rings rings;
        final KernelGraph graph;
        final KernelHandle first;
        final KernelHandle last;
        final Map<Long, HlcTimestamp> accepted = new ConcurrentHashMap<>();
        final ConcurrentLinkedQueue<MessageEnvelope> replies = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        final AtomicBoolean isOver = new AtomicBoolean();

        Run(Rings rings, Random random) {
            this.rings = rings;
            var options = Rings.counting()
                    .inputCapacity(1 << random.nextInt(6))
                    .outputCapacity(1 << random.nextInt(6))
                    .maxPayloadBytes(64)
                    .patience(LONG)
                    .build();
            // An inbox has room for what a round sends beside what waits: the middle stage never stalls, the last may.
            graph = await(rings.runtime
                    .graph()
                    .kernel("first", options, stage("middle"))
                    .kernel("middle", options, stage("last"))
                    .kernel("last", options, stage(null))
                    .route("first", "middle")
                    .route("middle", "last")
                    .inboxCapacity(2048)
                    .hops(1 + random.nextInt(4))
                    .launch());
            first = graph.kernel("first");
            last = graph.kernel("last");
        }

        Thread start(Runnable work) {
            return Thread.ofPlatform().start(() -> {
                try {
                    work.run();
                } catch (Throwable e) {
                    failures.add(e);
                    isOver.set(true);
                }
            });
        }

        /** Sends numbered messages; those that were accepted have the numbers 0, 1 and so on. */
        void send(int sender) {
            int sequence = 0;
            while (sequence < MESSAGES && !isOver.get()) {
                var message = rings.ping(sender, sequence, Priority.NORMAL);
                accepted.put(
                        message.header().messageId().value(), message.header().timestamp());
                try {
                    first.send(message).join();
                    sequence++;
                } catch (CompletionException e) {
                    accepted.remove(message.header().messageId().value());
                    if (!(e.getCause() instanceof RingKernelException.KernelNotActive)) {
                        return;
                    }
                    Thread.yield();
                }
            }
        }

        void receive() {
            while (!isOver.get()) {
                last.tryReceive().ifPresentOrElse(replies::add, Thread::yield);
            }
        }

        void drain() {
            for (var reply = last.tryReceive(); reply.isPresent(); reply = last.tryReceive()) {
                replies.add(reply.get());
            }
        }

        List<Rings.Pong> pongs() {
            return replies.stream().map(reply -> reply.decode(Rings.PONG)).toList();
        }

        /** Per sender, replies come in the order of sending, and none twice; gaps are for the caller to explain. */
        void checkOrder() {
            var latest = new HashMap<Integer, Integer>();
            for (var pong : pongs()) {
                var before = latest.put(pong.sender(), pong.sequence());
                assertThat(pong.sequence()).as("sender %d", pong.sender()).isGreaterThan(before == null ? -1 : before);
            }
            assertThat(pongs().stream().map(Rings.Pong::count).toList())
                    .isEqualTo(IntStream.range(0, replies.size()).boxed().toList());
        }

        void checkClocks() {
            HlcTimestamp before = HlcTimestamp.ZERO;
            var ids = new HashSet<Long>();
            for (var reply : replies) {
                assertThat(reply.header().timestamp()).isGreaterThan(before);
                before = reply.header().timestamp();
                assertThat(ids.add(reply.header().messageId().value())).isTrue();
            }
            var newest = accepted.values().stream().max(HlcTimestamp::compareTo).orElseThrow();
            assertThat(before).isGreaterThan(newest);
            assertThat(rings.runtime.clock().tick()).isGreaterThan(before);
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (var thread : threads) {
            assertThat(thread.join(LONG.multipliedBy(3)))
                    .as("ended: %s", thread)
                    .isTrue();
        }
    }

    private static List<Thread> senders(Run run) {
        var threads = new ArrayList<Thread>();
        for (int sender = 0; sender < SENDERS; sender++) {
            int number = sender;
            threads.add(run.start(() -> run.send(number)));
        }
        return threads;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void nothingIsLostOrDuplicatedAndOrderAndClocksHold(long seed, MetalDevice device, SoftwareMetal software)
            throws InterruptedException {
        var random = new Random(seed);
        try (var rings = new Rings(device)) {
            var run = new Run(rings, random);
            var senders = senders(run);
            var others = List.of(run.start(run::receive), run.start(() -> disturb(run, software, seed)));
            join(senders);
            Rings.until(() -> run.replies.size() >= run.accepted.size() || !run.failures.isEmpty());
            run.isOver.set(true);
            join(others);
            assertThat(run.failures).isEmpty();
            assertThat(run.replies).hasSize(SENDERS * MESSAGES);
            run.checkOrder();
            run.checkClocks();
            assertThat(rings.deadLetters).isEmpty();
            for (var kernel : run.graph.kernels()) {
                var metrics = kernel.metrics();
                assertThat(List.of(metrics.sent(), metrics.processed(), metrics.replies()))
                        .as("%s", kernel)
                        .containsOnly((long) SENDERS * MESSAGES);
            }
        }
    }

    /** Deactivates the first kernel now and then, which nothing on the GPU sends to, and delays completions. */
    private static void disturb(Run run, SoftwareMetal software, long seed) {
        var random = new Random(seed + 300);
        while (!run.isOver.get()) {
            if (random.nextBoolean()) {
                run.first.deactivate().join();
                Thread.yield();
                run.first.activate().join();
            } else {
                try (var _ = software.faults(0).holdCompletions()) {
                    Thread.yield();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void everyMessageArrivesOrIsReportedWhileMembersPauseAndEnd(long seed, MetalDevice device)
            throws InterruptedException {
        var random = new Random(seed);
        try (var rings = new Rings(device)) {
            var run = new Run(rings, random);
            var senders = senders(run);
            var receiver = run.start(run::receive);
            for (int i = 0; i < 20; i++) {
                var kernel = run.graph.kernels().get(1 + random.nextInt(2));
                await(kernel.deactivate());
                Thread.yield();
                await(kernel.activate());
            }
            await(run.graph.kernel("middle").terminate());
            join(senders);
            await(run.first.terminate());
            Rings.until(() ->
                    run.replies.size() + rings.deadLetters.size() >= run.accepted.size() || !run.failures.isEmpty());
            checkEachIsAnsweredOrReported(run, List.of(receiver));
            run.checkOrder();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void everyMessageOfTheHostThatRodeOnAFailedCommandBufferIsReported(
            long seed, MetalDevice device, SoftwareMetal software) throws InterruptedException {
        var random = new Random(seed);
        try (var rings = new Rings(device)) {
            var run = new Run(rings, random);
            var senders = senders(run);
            var receiver = run.start(run::receive);
            Rings.until(() -> run.accepted.size() >= 20 + random.nextInt(100));
            software.faults(0).failNextCommandBuffer("MTLCommandBufferErrorDomain", 1, "injected");
            join(senders);
            await(run.graph.terminate());
            Rings.until(() -> run.replies.size() + run.last.status().received() + rings.deadLetters.size()
                    >= run.accepted.size());
            checkEachIsAnsweredOrReported(run, List.of(receiver));
            assertThat(rings.deadLetters)
                    .extracting(DeadLetter::reason)
                    .isSubsetOf(DeadLetter.Reason.COMMAND_FAILED, DeadLetter.Reason.KERNEL_FAILED);
        }
    }

    private static void checkEachIsAnsweredOrReported(Run run, List<Thread> others) throws InterruptedException {
        run.isOver.set(true);
        join(others);
        run.drain();
        assertThat(run.failures).isEmpty();
        var ends = new ArrayList<List<Integer>>();
        run.pongs().forEach(pong -> ends.add(List.of(pong.sender(), pong.sequence())));
        for (var letter : run.rings.deadLetters) {
            var ping = letter.message().decode(Rings.PING);
            ends.add(List.of(ping.sender(), ping.sequence()));
        }
        assertThat(ends).doesNotHaveDuplicates().hasSize(run.accepted.size());
    }
}
