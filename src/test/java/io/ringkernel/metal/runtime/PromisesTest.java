package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the package promises, under many senders, cancellation, deactivation, slow completion and failures. */
@ExtendWith(TestDevice.class)
final class PromisesTest {
    private static final int SENDERS = 3;
    private static final int MESSAGES = 400;

    /** What several threads did to one kernel, and what came of it. */
    private static final class Run {
        final Rings rings;
        final KernelHandle kernel;
        final Map<Long, HlcTimestamp> accepted = new ConcurrentHashMap<>();
        final ConcurrentLinkedQueue<MessageEnvelope> replies = new ConcurrentLinkedQueue<>();
        final AtomicBoolean isOver = new AtomicBoolean();

        Run(Rings rings, LaunchOptions.Builder options) {
            this.rings = rings;
            kernel = rings.launch(options, Rings.COUNTING);
        }

        /** Sends numbered messages of random priorities, by all the ways there are; refused ones are sent again. */
        void send(int sender, long seed) {
            var random = new Random(seed);
            int[] sequence = new int[Priority.COUNT];
            int sent = 0;
            while (sent < MESSAGES && !isOver.get()) {
                var batch = new ArrayList<MessageEnvelope>();
                var priority = Priority.ofLevel(random.nextInt(Priority.COUNT));
                int count = random.nextInt(4) == 0 ? random.nextInt(1, 6) : 1;
                for (int i = 0; i < count; i++) {
                    batch.add(rings.ping(sender, sequence[priority.level()] + i, priority));
                }
                int done = count > 1 ? sendTogether(batch) : random.nextInt(5) == 0 ? call(batch) : sendOne(batch);
                sequence[priority.level()] += done;
                sent += done;
            }
        }

        private int sendOne(List<MessageEnvelope> batch) {
            return settled(kernel.send(batch.getFirst())) ? accept(batch) : 0;
        }

        private int call(List<MessageEnvelope> batch) {
            try {
                var reply = kernel.call(batch.getFirst(), LONG).join();
                replies.add(reply);
                return accept(batch);
            } catch (CompletionException e) {
                return refused(e);
            }
        }

        /** With patience enough, all of them are accepted or none. */
        private int sendTogether(List<MessageEnvelope> batch) {
            return settled(kernel.sendAll(batch)) ? accept(batch) : 0;
        }

        private boolean settled(CompletableFuture<Void> future) {
            try {
                future.join();
                return true;
            } catch (CompletionException e) {
                refused(e);
                return false;
            }
        }

        private int refused(CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOfAny(RingKernelException.KernelNotActive.class, RingKernelException.QueueFull.class);
            Thread.yield();
            return 0;
        }

        private int accept(List<MessageEnvelope> batch) {
            batch.forEach(
                    m -> accepted.put(m.header().messageId().value(), m.header().timestamp()));
            return batch.size();
        }

        /** Receives until told to stop, cancelling some receives, and taking what those were given all the same. */
        void receive(long seed) {
            var random = new Random(seed);
            while (!isOver.get()) {
                switch (random.nextInt(3)) {
                    case 0 -> kernel.tryReceive().ifPresent(replies::add);
                    case 1 -> take(kernel.receive(Duration.ofMillis(1)));
                    default -> {
                        var future = kernel.receive();
                        if (random.nextBoolean()) {
                            Thread.yield();
                        }
                        if (!future.cancel(true)) {
                            take(future);
                        }
                    }
                }
            }
        }

        private void take(CompletableFuture<MessageEnvelope> future) {
            try {
                replies.add(future.join());
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(RingKernelException.TimedOut.class);
            }
        }

        void disturb(SoftwareMetal software, long seed) {
            var random = new Random(seed);
            while (!isOver.get()) {
                if (random.nextBoolean()) {
                    kernel.deactivate().join();
                    Thread.yield();
                    kernel.activate().join();
                } else {
                    try (var _ = software.faults(0).holdCompletions()) {
                        Thread.yield();
                    }
                }
            }
        }

        void checkNothingLostNothingTwice() {
            assertThat(replies).hasSize(accepted.size());
            var answered = new HashSet<Long>();
            replies.forEach(reply -> answered.add(reply.header().correlationId().value()));
            assertThat(answered).isEqualTo(accepted.keySet());
        }

        void checkFirstInFirstOut() {
            var next = new HashMap<String, Integer>();
            for (var pong : inOrderOfHandling()) {
                var lane = pong.sender() + "/" + pong.priority();
                assertThat(pong.sequence()).as(lane).isEqualTo(next.merge(lane, 1, Integer::sum) - 1);
            }
        }

        private List<Rings.Pong> inOrderOfHandling() {
            return replies.stream()
                    .map(reply -> reply.decode(Rings.PONG))
                    .sorted(Comparator.comparing(Rings.Pong::count))
                    .toList();
        }

        void checkClocks() {
            var stamps = replies.stream()
                    .sorted(Comparator.comparing(
                            reply -> reply.decode(Rings.PONG).count()))
                    .map(reply -> reply.header().timestamp())
                    .toList();
            for (int i = 1; i < stamps.size(); i++) {
                assertThat(stamps.get(i)).isGreaterThan(stamps.get(i - 1));
            }
            for (var reply : replies) {
                var request = accepted.get(reply.header().correlationId().value());
                assertThat(reply.header().timestamp()).isGreaterThan(request);
                assertThat(reply.header().timestamp().nodeId())
                        .isEqualTo(KernelId.of("k").number());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingIsLostOrDuplicatedAndOrderAndClocksHold(long seed, MetalDevice device, SoftwareMetal software)
            throws InterruptedException {
        var random = new Random(seed);
        int capacity = 1 << random.nextInt(6);
        var options = Rings.counting()
                .inputCapacity(capacity)
                .outputCapacity(1 << random.nextInt(6))
                .maxPayloadBytes(64)
                .patience(LONG);
        var policy = DispatchPolicy.defaults()
                .withMaxBatch(random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(1, 8))
                .withMaxInFlight(random.nextInt(1, 4));
        try (var rings = new Rings(MetalRuntime.builder().device(device).dispatchPolicy(policy))) {
            var run = new Run(rings, options);
            var failures = new ConcurrentLinkedQueue<Throwable>();
            var senders = new ArrayList<Thread>();
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                senders.add(start(failures, run, () -> run.send(sender, seed * 31 + sender)));
            }
            var others = List.of(
                    start(failures, run, () -> run.receive(seed + 100)),
                    start(failures, run, () -> run.receive(seed + 200)),
                    start(failures, run, () -> run.disturb(software, seed + 300)),
                    start(failures, run, () -> watch(run, capacity)));
            join(senders);
            Rings.until(() -> run.replies.size() >= run.accepted.size() || !failures.isEmpty());
            run.isOver.set(true);
            join(others);
            assertThat(failures).isEmpty();
            run.checkNothingLostNothingTwice();
            run.checkFirstInFirstOut();
            run.checkClocks();
            assertThat(rings.deadLetters).isEmpty();
            assertThat(run.kernel.metrics().processed()).isEqualTo(run.accepted.size());
        }
    }

    /** The queues' bounds, seen from outside at any time. */
    private static void watch(Run run, int capacity) {
        int output = run.kernel.options().outputCapacity();
        while (!run.isOver.get()) {
            var status = run.kernel.status();
            assertThat(status.queued()).isLessThanOrEqualTo(capacity);
            assertThat(status.inFlight()).isLessThanOrEqualTo(capacity);
            assertThat(status.received()).isLessThanOrEqualTo(output);
            Thread.yield();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void everyAcceptedMessageIsAnsweredOrReportedThoughCommandBuffersFail(
            long seed, MetalDevice device, SoftwareMetal software) throws InterruptedException {
        var random = new Random(seed);
        try (var rings = new Rings(device)) {
            var options =
                    Rings.counting().inputCapacity(16).outputCapacity(4096).patience(LONG);
            var kernel = rings.launch(options, Rings.COUNTING);
            var accepted = ConcurrentHashMap.<Integer>newKeySet();
            var failures = new ConcurrentLinkedQueue<Throwable>();
            var answered = ConcurrentHashMap.<Integer>newKeySet();
            var senders = new ArrayList<Thread>();
            for (int i = 0; i < SENDERS; i++) {
                int first = i * 1_000;
                senders.add(start(failures, null, () -> sendUntilFailure(rings, kernel, first, accepted)));
            }
            Rings.until(() -> accepted.size() >= 20 + random.nextInt(100));
            software.faults(0).failNextCommandBuffer("MTLCommandBufferErrorDomain", 1, "injected");
            join(senders);
            await(kernel.terminate());
            for (var reply = kernel.tryReceive(); reply.isPresent(); reply = kernel.tryReceive()) {
                assertThat(answered.add(reply.get().decode(Rings.PONG).sequence()))
                        .isTrue();
            }
            assertThat(failures).isEmpty();
            Rings.until(() -> answered.size() + rings.deadLetters.size() >= accepted.size());
            var reported = rings.deadLetters.stream()
                    .map(letter -> letter.message().decode(Rings.PING).sequence())
                    .collect(Collectors.toSet());
            assertThat(reported).hasSameSizeAs(rings.deadLetters);
            assertThat(Collections.disjoint(reported, answered)).isTrue();
            assertThat(union(answered, reported)).isEqualTo(accepted);
            assertThat(rings.deadLetters)
                    .extracting(DeadLetter::reason)
                    .containsAnyOf(DeadLetter.Reason.COMMAND_FAILED)
                    .isSubsetOf(DeadLetter.Reason.COMMAND_FAILED, DeadLetter.Reason.KERNEL_FAILED);
        }
    }

    private static void sendUntilFailure(Rings rings, KernelHandle kernel, int first, Set<Integer> accepted) {
        for (int i = first; i < first + 900; i++) {
            try {
                kernel.send(rings.ping(i)).join();
                accepted.add(i);
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(RingKernelException.KernelFailed.class);
                return;
            }
        }
    }

    private static Set<Integer> union(Set<Integer> left, Set<Integer> right) {
        var all = new HashSet<>(left);
        all.addAll(right);
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void messagesBetweenKernelsArriveOnceAndInOrderThroughSmallQueues(int capacity, MetalDevice device) {
        try (var rings = new Rings(
                MetalRuntime.builder().device(device).k2k(K2KConfig.defaults().withDeliveryTimeout(LONG)))) {
            var options = Rings.counting().inputCapacity(capacity).patience(LONG);
            var relay = rings.launch(
                    "relay", options, """
                    void handle(thread RingContext& ring) {
                        send(ring, 0x%xul, message_as<Ping>(ring));
                    }
                    """.formatted(KernelId.of("sink").number()));
            var sink = rings.launch("sink", Rings.counting().inputCapacity(capacity), """
                    void handle(thread RingContext& ring) {
                        const device Ping& ping = message_as<Ping>(ring);
                        device Count& count = state_as<Count>(ring);
                        Pong pong = {ping.sender, ping.sequence, ping.priority, count.value};
                        count.value += 1;
                        send(ring, 0ul, pong);
                    }
                    """);
            for (int i = 0; i < 300; i++) {
                await(relay.send(rings.ping(i)));
            }
            for (int i = 0; i < 300; i++) {
                assertThat(await(sink.receive(LONG)).decode(Rings.PONG)).isEqualTo(new Rings.Pong(0, i, 1, i));
            }
            assertThat(rings.deadLetters).isEmpty();
        }
    }

    private static Thread start(ConcurrentLinkedQueue<Throwable> failures, Run run, Runnable work) {
        return Thread.ofPlatform().start(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                failures.add(e);
                if (run != null) {
                    run.isOver.set(true);
                }
            }
        });
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (var thread : threads) {
            assertThat(thread.join(LONG.multipliedBy(3)))
                    .as("ended: %s", thread)
                    .isTrue();
        }
    }
}
