package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.PONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.CommandFailedException;
import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalEncoderInfo.State;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One kernel's fault, or its hang, is nobody else's. */
@Timeout(120)
@ExtendWith(TestDevice.class)
final class IsolationTest {
    /** Hands what it gets to the kernel of the other kind, on the GPU, with its count. */
    private static final KernelSource RELAY =
            KernelSource.handler("""
            void handle(thread RingContext& ring) {
                device Count& count = state_as<Count>(ring);
                Ping ping = message_as<Ping>(ring);
                ping.sender = count.value;
                count.value += 1;
                send(ring, 0x%xul, ping);
            }
            """.formatted(KernelId.of("last").number()), Rings.Ping.class, Rings.Count.class);

    /** Counts its messages, and says how many the relay had counted. */
    private static final KernelSource LAST =
            KernelSource.handler("""
            void handle(thread RingContext& ring) {
                const device Ping& ping = message_as<Ping>(ring);
                device Count& count = state_as<Count>(ring);
                Pong pong = {ping.sender, ping.sequence, ping.priority, count.value};
                count.value += 1;
                send(ring, 0ul, pong);
            }
            """, Rings.Ping.class, Rings.Pong.class, Rings.Count.class);

    @Test
    void eightOfNineKernelsUnderLoadNoticeNothingOfTheNinthsFault(MetalDevice device, SoftwareMetal software) {
        for (int guilty : new int[] {0, 4, 7}) {
            try (var rings = new Rings(Rings.oneAtATime(device))) {
                checkNine(rings, guilty);
            }
        }
    }

    /** Kernels of even numbers are SEQUENTIAL, the others PARALLEL; one strays in the midst of its messages. */
    private static void checkNine(Rings rings, int guilty) {
        int messages = 60;
        var handles = new ArrayList<KernelHandle>();
        var calls = new ArrayList<List<CompletableFuture<MessageEnvelope>>>();
        for (int i = 0; i < 9; i++) {
            var options = i % 2 == 0 ? Rings.counting() : Rings.parallel();
            handles.add(rings.launch("k" + i, options, i % 2 == 0 || i == guilty ? Rings.STRAY : Rings.STATELESS));
            calls.add(new ArrayList<>());
        }
        for (int i = 0; i < messages * 9; i++) {
            int sequence = i % 9 == guilty && i / 9 == messages / 2 ? Rings.BAD : i / 9;
            calls.get(i % 9).add(handles.get(i % 9).call(rings.ping(sequence), LONG));
        }
        for (int i = 0; i < 9; i++) {
            if (i != guilty) {
                checkInnocent(handles.get(i), calls.get(i), i % 2 == 0);
            }
        }
        calls.get(guilty).forEach(call -> call.handle((_, _) -> null).join());
        assertThat(failureOf(calls.get(guilty).get(messages / 2))).isInstanceOf(CommandFailedException.class);
        assertThat(handles.get(guilty).status().state()).isEqualTo(KernelState.FAILED);
    }

    private static void checkInnocent(
            KernelHandle kernel, List<CompletableFuture<MessageEnvelope>> calls, boolean counts) {
        for (int m = 0; m < calls.size(); m++) {
            var pong = await(calls.get(m)).decode(PONG);
            assertThat(pong.sequence()).isEqualTo(m);
            assertThat(pong.count()).isEqualTo(counts ? m : 0);
        }
        assertThat(kernel.status().state()).isEqualTo(KernelState.ACTIVE);
        assertThat(kernel.tryReceive()).isEmpty();
        assertThat(kernel.metrics().processed()).isEqualTo(calls.size());
    }

    /** Every state that three encoders of one command buffer can have after it failed. */
    private static List<List<State>> combinations() {
        var all = new ArrayList<List<State>>();
        for (var first : State.values()) {
            for (var second : State.values()) {
                for (var third : State.values()) {
                    all.add(List.of(first, second, third));
                }
            }
        }
        return all;
    }

    @Test
    void whateverBecameOfTheEncodersMessagesAreHandledOnceOrReportedWithTheirGuiltyKernel(
            MetalDevice device, SoftwareMetal software) {
        try (var seen = device.newBuffer(16);
                var rings = new Rings(Rings.oneAtATime(device))) {
            for (var states : combinations()) {
                checkFault(rings, seen, software, states);
            }
        }
    }

    private static void checkFault(Rings rings, MetalBuffer seen, SoftwareMetal software, List<State> states) {
        var sequential = rings.launch("sequential", Rings.counting(), Rings.STRAY);
        var parallel = rings.launch("parallel", Rings.parallel(), Rings.STATELESS);
        var graph = await(rings.runtime
                .graph()
                .kernel("first", Rings.counting().build(), RELAY)
                .kernel("last", Rings.counting().build(), LAST)
                .route("first", "last")
                .launch());
        var together = new Rings.Together(rings, software, seen);
        var riders = List.of(sequential, parallel, graph.kernel("first"));
        var outlets = List.of(sequential, parallel, graph.kernel("last"));
        for (var rider : riders) {
            await(rider.sendAll(List.of(rings.ping(0), rings.ping(1), rings.ping(2))));
        }
        software.faults(0).failNextCommandBuffer(Rings.fault(3, "page fault", states));
        together.close();
        for (int i = 0; i < 3; i++) {
            if (states.get(i) == State.FAULTED) {
                checkFailed(rings, riders.get(i));
            } else {
                await(riders.get(i).send(rings.ping(3)));
                checkComplete(outlets.get(i), i, states);
            }
        }
        assertThat(rings.deadLetters).as("%s", states).isEmpty();
        await(sequential.terminate());
        await(parallel.terminate());
        await(graph.terminate());
    }

    private static void checkFailed(Rings rings, KernelHandle kernel) {
        Rings.until(() -> rings.deadLetters.stream()
                        .filter(letter -> letter.kernel().equals(kernel.id()))
                        .count()
                == 3);
        assertThat(kernel.status().state()).isEqualTo(KernelState.FAILED);
        rings.deadLetters.removeIf(letter -> letter.kernel().equals(kernel.id())
                && letter.reason() == DeadLetter.Reason.COMMAND_FAILED
                && letter.cause().orElseThrow() instanceof CommandFailedException);
    }

    private static void checkComplete(KernelHandle kernel, int rider, List<State> states) {
        var pongs = IntStream.range(0, 4)
                .mapToObj(_ -> await(kernel.receive(LONG)).decode(PONG))
                .toList();
        assertThat(pongs).as("%s", states).extracting(Rings.Pong::sequence).containsExactly(0, 1, 2, 3);
        if (rider != 1) {
            assertThat(pongs).as("%s", states).extracting(Rings.Pong::count).containsExactly(0, 1, 2, 3);
        }
        if (rider == 2) {
            assertThat(pongs).as("%s", states).extracting(Rings.Pong::sender).containsExactly(0, 1, 2, 3);
        }
        assertThat(kernel.tryReceive()).isEmpty();
        assertThat(kernel.status().state()).isEqualTo(KernelState.ACTIVE);
    }

    @Test
    void ofSuspectsThatRideAloneTheOneThatFaultsAgainIsToBlame(MetalDevice device, SoftwareMetal software) {
        try (var seen = device.newBuffer(16);
                var rings = new Rings(Rings.oneAtATime(device))) {
            var innocent = rings.launch("innocent", Rings.counting(), Rings.STRAY);
            var guilty = rings.launch("guilty", Rings.counting(), Rings.STRAY);
            var together = new Rings.Together(rings, software, seen);
            var replies = List.of(innocent.call(rings.ping(0), LONG), innocent.call(rings.ping(1), LONG));
            var bad = guilty.call(rings.ping(Rings.BAD), LONG);
            // As on a GPU where both ran at the same time.
            software.faults(0)
                    .failNextCommandBuffer(Rings.fault(3, "page fault", List.of(State.AFFECTED, State.AFFECTED)));
            together.close();
            assertThat(failureOf(bad)).isInstanceOf(CommandFailedException.class);
            assertThat(guilty.status().state()).isEqualTo(KernelState.FAILED);
            assertThat(await(replies.get(0)).decode(PONG).count()).isZero();
            assertThat(await(replies.get(1)).decode(PONG).count()).isOne();
            assertThat(innocent.status().state()).isEqualTo(KernelState.ACTIVE);
        }
    }

    @Test
    void aKernelWhoseStateCannotBeTakenBackFailsRatherThanHandlesAMessageTwice(
            MetalDevice device, SoftwareMetal software) {
        try (var seen = device.newBuffer(16);
                var lent = device.newBuffer(16);
                var rings = new Rings(Rings.oneAtATime(device))) {
            for (var state : List.of(State.AFFECTED, State.PENDING, State.COMPLETED)) {
                var kernel =
                        rings.launch("k", LaunchOptions.builder().state(lent).activateAtOnce(), Rings.STRAY);
                var other = rings.launch("other", Rings.counting(), Rings.STRAY);
                var together = new Rings.Together(rings, software, seen);
                await(kernel.send(rings.ping(0)));
                await(other.send(rings.ping(0)));
                software.faults(0).failNextCommandBuffer(Rings.fault(3, "fault", List.of(state, State.FAULTED)));
                together.close();
                if (state == State.AFFECTED) {
                    checkOneReported(rings, kernel);
                } else {
                    assertThat(Rings.sequences(kernel, 1)).containsExactly(0);
                }
                await(kernel.terminate());
                await(other.terminate());
            }
            assertThat(lent.readInts(0, 1)).containsExactly(3);
        }
    }

    private static void checkOneReported(Rings rings, KernelHandle kernel) {
        Rings.until(() -> rings.deadLetters.stream()
                .anyMatch(letter ->
                        letter.kernel().equals(kernel.id()) && letter.reason() == DeadLetter.Reason.COMMAND_FAILED));
        assertThat(kernel.status().state()).isEqualTo(KernelState.FAILED);
    }

    @Test
    void victimsOfOthersAreDispatchedAgainButNotForEver(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            for (int i = 0; i < 5; i++) {
                software.faults(0).failNextCommandBuffer(Rings.fault(1, Rings.VICTIM, List.of(State.AFFECTED)));
            }
            assertThat(await(kernel.call(rings.ping(0), LONG)).decode(PONG).count())
                    .isZero();
            assertThat(await(kernel.call(rings.ping(1), LONG)).decode(PONG).count())
                    .isOne();
            for (int i = 0; i < 50; i++) {
                software.faults(0).failNextCommandBuffer(Rings.fault(1, Rings.VICTIM, List.of(State.AFFECTED)));
            }
            assertThat(failureOf(kernel.call(rings.ping(2), LONG))).isInstanceOf(CommandFailedException.class);
            assertThat(kernel.status().state()).isEqualTo(KernelState.FAILED);
        }
    }

    @Test
    void aSubmissionThatTheDriverRefusesGoesToAnotherQueue(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var text = "Ignored (for causing prior/excessive GPU errors)";
            software.faults(0).failNextCommandBuffer(Rings.fault(4, text, List.of(State.PENDING)));
            assertThat(await(kernel.call(rings.ping(0), LONG)).decode(PONG).count())
                    .isZero();
            assertThat(kernel.status().state()).isEqualTo(KernelState.ACTIVE);
        }
    }

    /** Spins, after it changed its state, while the host's clock stands where the payload says. */
    private static final String SPIN = """
            void handle(thread RingContext& ring) {
                const device Ping& ping = message_as<Ping>(ring);
                device Count& count = state_as<Count>(ring);
                count.value += 1;
                device atomic_int* cells = (device atomic_int*)ring.outcome;
                while (ring.hlc_physical <= ulong(ping.sequence)) {
                    atomic_fetch_and_explicit(&cells[1], 0, memory_order_relaxed);
                }
                Pong pong = {ping.sender, ping.sequence, ping.priority, count.value};
                reply(ring, pong);
            }
            """;

    @Test
    void aKernelThatAnotherQueuesFaultInterruptsStartsItsBatchAgain(MetalDevice device, SoftwareMetal software) {
        software.recovery(0).discardOthersOnFault();
        var micros = new AtomicLong(1000);
        var clock = HlcClock.of(0, HlcClock.DEFAULT_MAX_DRIFT, micros::get);
        try (var rings = new Rings(MetalRuntime.builder().device(device).clock(clock));
                var others = new Rings(device)) {
            var kernel = rings.launch("k", Rings.counting(), SPIN);
            var stray = others.launch("stray", Rings.counting(), Rings.STRAY);
            var interrupted = kernel.call(rings.ping(1000), LONG);
            Rings.until(() -> kernel.status().inFlight() == 1);
            micros.set(2000);
            while (!interrupted.isDone()) {
                stray = strayAgain(others, stray);
            }
            assertThat(await(interrupted).decode(PONG).count()).isOne();
            assertThat(await(kernel.call(rings.ping(1000), LONG)).decode(PONG).count())
                    .isEqualTo(2);
        }
    }

    /** Faults in another queue; how far the kernel of the first one has come nobody knows. */
    private static KernelHandle strayAgain(Rings others, KernelHandle stray) {
        failureOf(stray.call(others.ping(Rings.BAD), LONG));
        await(stray.terminate());
        return others.launch("stray", Rings.counting(), Rings.STRAY);
    }

    @Test
    void aCallThatIsTakenBackDoesNotWaitForRoomThatItDoesNotNeed(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting().outputCapacity(1), Rings.COUNTING);
            await(kernel.send(rings.ping(0)));
            Rings.until(() -> kernel.status().received() == 1);
            await(kernel.send(rings.ping(1)));
            software.faults(0).failNextCommandBuffer(Rings.fault(1, Rings.VICTIM, List.of(State.AFFECTED)));
            var call = kernel.call(rings.ping(0, 2, Priority.HIGH), LONG);
            assertThat(await(call).decode(PONG).sequence()).isEqualTo(2);
            assertThat(Rings.sequences(kernel, 2)).containsExactly(0, 1);
        }
    }
}
