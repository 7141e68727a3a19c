package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.RecordCodec;
import io.ringkernel.metal.wire.RingMessage;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a handler can do, and what its caller sees of it. */
@ExtendWith(TestDevice.class)
final class HandlerTest {
    public record Numbers(@RingMessage.Length(96) int[] values) {}

    public record Sum(int value, int threads) {}

    public record Empty() {}

    private static final int[] VALUES = new Random(7).ints(96, -1000, 1000).toArray();

    @Test
    void stateIsKeptFromMessageToMessage(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            for (int i = 0; i < 10; i++) {
                var pong = await(kernel.call(new Rings.Ping(1, i, 1), Rings.Pong.class, LONG));
                assertThat(pong).isEqualTo(new Rings.Pong(1, i, 1, i));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "64, 1, 1", "8, 4, 1", "4, 2, 3", "1, 1, 5"})
    void theThreadsOfABlockOfAnyShapeHandleAMessageTogether(int width, int height, int depth, MetalDevice device) {
        var source = KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    const device Numbers& numbers = message_as<Numbers>(ring);
                    threadgroup int* partial = scratch_as<int>(ring);
                    int sum = 0;
                    for (uint i = ring.thread_index; i < 96u; i += ring.thread_count) {
                        sum += numbers.values[i];
                    }
                    partial[ring.thread_index] = sum;
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    if (ring.thread_index == 0u) {
                        Sum result = {0, int(ring.thread_count)};
                        for (uint i = 0; i < ring.thread_count; i++) {
                            result.value += partial[i];
                        }
                        reply(ring, result);
                    }
                }
                """, Numbers.class, Sum.class);
        var block = MetalSize.of(width, height, depth);
        var options = LaunchOptions.builder().activateAtOnce().blockSize(block).threadgroupBytes(256);
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(options, source);
            var expected = new Sum(Arrays.stream(VALUES).sum(), (int) block.count());
            for (int i = 0; i < 3; i++) {
                assertThat(await(kernel.call(new Numbers(VALUES), Sum.class, LONG)))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aReplyCanBeFilledInPlaceByAllThreads(MetalDevice device) {
        var source = KernelSource.handler("""
                void handle(thread RingContext& ring) {
                    device Numbers* out = begin_reply<Numbers>(ring, Numbers_MESSAGE_TYPE);
                    for (uint i = ring.thread_index; i < 96u; i += ring.thread_count) {
                        out->values[i] = -message_as<Numbers>(ring).values[i];
                    }
                }
                """, Numbers.class);
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(LaunchOptions.builder().activateAtOnce().blockSize(32), source);
            var reply = await(kernel.call(new Numbers(VALUES), Numbers.class, LONG));
            assertThat(reply.values())
                    .isEqualTo(Arrays.stream(VALUES).map(v -> -v).toArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "4, 1, 1", "3, 2, 2", "64, 1, 1"})
    void aParallelKernelRepliesInTheOrderOfTheMessages(int width, int height, int depth, MetalDevice device) {
        var options = LaunchOptions.builder()
                .activateAtOnce()
                .handling(LaunchOptions.Handling.PARALLEL)
                .gridSize(MetalSize.of(width, height, depth));
        try (var rings = new Rings(device)) {
            var kernel = rings.launch("k", options, """
                    void handle(thread RingContext& ring) {
                        const device Ping& ping = message_as<Ping>(ring);
                        Pong pong = {ping.sender, ping.sequence, ping.priority, ping.sequence * 3};
                        reply(ring, pong);
                    }
                    """);
            var messages = IntStream.range(0, 100).mapToObj(rings::ping).toList();
            await(kernel.sendAll(messages));
            var replies = new ArrayList<Rings.Pong>();
            for (int i = 0; i < 100; i++) {
                replies.add(await(kernel.receive(LONG)).decode(Rings.PONG));
            }
            assertThat(replies)
                    .containsExactlyElementsOf(IntStream.range(0, 100)
                            .mapToObj(i -> new Rings.Pong(0, i, 1, 3 * i))
                            .toList());
        }
    }

    @Test
    void anErrorReachesTheCallerWithItsCode(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch("k", LaunchOptions.builder().activateAtOnce(), """
                    void handle(thread RingContext& ring) {
                        if (message_as<Ping>(ring).sequence % 2 == 1) {
                            fail(ring, 77u);
                            return;
                        }
                        reply_payload(ring);
                    }
                    """);
            var odd = rings.ping(1);
            assertThat(failureOf(kernel.call(odd, LONG)))
                    .isInstanceOf(RingKernelException.HandlerFailed.class)
                    .hasMessage("kernel 'k' failed to handle " + odd.header().messageId() + ": 77")
                    .extracting("code")
                    .isEqualTo(77);
            await(kernel.call(rings.ping(2), LONG));
            await(kernel.send(odd));
            Rings.until(() -> rings.deadLetters.size() == 1);
            var letter = rings.deadLetters.element();
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.HANDLER_FAILED);
            assertThat(letter.message()).isSameAs(odd);
            assertThat(kernel.status().state()).isEqualTo(KernelState.ACTIVE);
            assertThat(kernel.metrics().failed()).isEqualTo(2);
        }
    }

    @Test
    void asManyRepliesAsAllowedArriveInOrderAndOneMoreIsAnError(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var options = LaunchOptions.builder().activateAtOnce().repliesPerMessage(3);
            var kernel = rings.launch("k", options, """
                    void handle(thread RingContext& ring) {
                        for (int i = 0; i < message_as<Ping>(ring).sequence; i++) {
                            Pong pong = {0, i, 0, 0};
                            reply(ring, pong);
                        }
                    }
                    """);
            await(kernel.send(rings.ping(3)));
            assertThat(Rings.sequences(kernel, 3)).containsExactly(0, 1, 2);
            await(kernel.send(rings.ping(4)));
            assertThat(Rings.sequences(kernel, 3)).containsExactly(0, 1, 2);
            Rings.until(() -> !rings.deadLetters.isEmpty());
            assertThat(rings.deadLetters.element().cause().orElseThrow())
                    .hasMessageContaining("output overflow")
                    .extracting("code")
                    .isEqualTo(2);
            assertThat(failureOf(kernel.call(rings.ping(0), LONG))).isInstanceOf(RingKernelException.NoReply.class);
        }
    }

    @Test
    void furtherRepliesToACallAreDeadLettersAndDisturbNoReceiver(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel =
                    rings.launch("k", LaunchOptions.builder().activateAtOnce().repliesPerMessage(2), """
                    void handle(thread RingContext& ring) {
                        reply_payload(ring);
                        reply_payload(ring);
                    }
                    """);
            var receiver = kernel.receive();
            await(kernel.call(rings.ping(1), LONG));
            Rings.until(() -> !rings.deadLetters.isEmpty());
            assertThat(rings.deadLetters.element().reason()).isEqualTo(DeadLetter.Reason.SURPLUS_REPLY);
            assertThat(receiver).isNotDone();
            await(kernel.send(rings.ping(2)));
            assertThat(await(receiver).decode(Rings.PING).sequence()).isEqualTo(2);
        }
    }

    @Test
    void aMessageWithoutPayloadGoesThereAndBack(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var options = LaunchOptions.builder().activateAtOnce().maxPayloadBytes(0);
            var kernel = rings.launch(options, KernelSource.handler("""
                    void handle(thread RingContext& ring) {
                        if (is_message(ring, Empty_MESSAGE_TYPE, 0u)) {
                            reply(ring, Empty{});
                        }
                    }
                    """, Empty.class));
            assertThat(await(kernel.call(new Empty(), Empty.class, LONG))).isEqualTo(new Empty());
        }
    }

    @Test
    void theLargestPayloadGoesThereAndBackAndOneByteMoreIsRefused(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var options = LaunchOptions.builder()
                    .activateAtOnce()
                    .maxPayloadBytes(65_536)
                    .inputCapacity(1)
                    .outputCapacity(1);
            var kernel = rings.launch(options.blockSize(32), KernelSource.echo());
            var payload = new byte[65_536];
            new Random(1).nextBytes(payload);
            var message =
                    MessageEnvelope.of(MessageHeader.of(1, rings.runtime.clock().tick()), payload);
            assertThat(await(kernel.call(message, LONG)).payloadBytes()).isEqualTo(payload);

            var small = await(rings.runtime.launch(
                    "small",
                    LaunchOptions.builder()
                            .activateAtOnce()
                            .maxPayloadBytes(65_535)
                            .inputCapacity(1)
                            .build()));
            assertThat(failureOf(small.send(message)))
                    .isInstanceOf(RingKernelException.PayloadTooLarge.class)
                    .hasMessage("payload for kernel 'small' not in 0..65535 bytes: 65536");
        }
    }

    @Test
    void countersGoOnPastTwoToThe32(MetalDevice device) {
        long first = (1L << 32) - 3;
        try (var rings = new Rings(MetalRuntime.builder().device(device).firstCount(first))) {
            var kernel = rings.launch(Rings.counting().inputCapacity(4).outputCapacity(8), Rings.COUNTING);
            var ids = new ArrayList<Long>();
            for (int i = 0; i < 12; i++) {
                await(kernel.send(rings.ping(i)));
                var reply = await(kernel.receive(LONG));
                assertThat(reply.decode(Rings.PONG)).isEqualTo(new Rings.Pong(0, i, 1, i));
                ids.add(reply.header().messageId().value());
            }
            assertThat(ids).doesNotHaveDuplicates();
        }
    }

    @Test
    void repliesCarryTimestampsOfTheKernelsNodeAfterTheirRequests(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var last = rings.runtime.clock().tick();
            for (int i = 0; i < 50; i++) {
                var request = rings.ping(i);
                var reply = await(kernel.call(request, LONG)).header().timestamp();
                assertThat(reply).isGreaterThan(request.header().timestamp()).isGreaterThan(last);
                assertThat(reply.nodeId()).isEqualTo(KernelId.of("k").number());
                last = reply;
                assertThat(rings.runtime.clock().tick()).isGreaterThan(reply);
            }
        }
    }

    @Test
    void aWholeSourceRunsUnderItsOwnEntry(MetalDevice device) {
        var msl = MslTemplates.WIRE + MslTemplates.RING_KERNEL.replace("kernel void ring_kernel", "kernel void mine")
                + """
                void handle(thread RingContext& ring) {
                    reply(ring, 4.5f);
                }
                """;
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(LaunchOptions.builder().activateAtOnce(), KernelSource.whole(msl, "mine"));
            var reply = await(kernel.call(rings.ping(1), LONG));
            assertThat(reply.payload().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0)).isEqualTo(4.5f);
        }
    }

    @Test
    void anEntryThatDoesNotTakeItsMessagesFailsTheKernel(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var source = KernelSource.whole("kernel void idle() {}", "idle");
            var kernel = rings.launch(LaunchOptions.builder().activateAtOnce(), source);
            assertThat(failureOf(kernel.call(rings.ping(1), LONG)))
                    .hasMessage("the entry function did not take the whole batch");
            assertThat(kernel.status().state()).isEqualTo(KernelState.FAILED);
        }
    }

    @Test
    void aKernelSendsToAnotherWhoseReplyComesBackToIt(MetalDevice device) {
        long second = KernelId.of("second").number();
        try (var rings = new Rings(device)) {
            var first = rings.launch("first", Rings.counting(), """
                    void handle(thread RingContext& ring) {
                        if (is_message(ring, Ping_MESSAGE_TYPE, sizeof(Ping))) {
                            Ping ping = message_as<Ping>(ring);
                            send(ring, 0x%xul, ping);
                        } else {
                            Pong pong = message_as<Pong>(ring);
                            pong.count += 100;
                            send(ring, 0ul, pong);
                        }
                    }
                    """.formatted(second));
            await(rings.runtime.launch("second", Rings.counting().build(), Rings.COUNTING));
            for (int i = 0; i < 5; i++) {
                await(first.send(rings.ping(i)));
            }
            for (int i = 0; i < 5; i++) {
                var reply = await(first.receive(LONG));
                assertThat(reply.decode(Rings.PONG)).isEqualTo(new Rings.Pong(0, i, 1, 100 + i));
                assertThat(reply.header().sourceKernel())
                        .isEqualTo(KernelId.of("first").number());
            }
        }
    }

    @Test
    void aMessageToAKernelThatDoesNotExistIsADeadLetter(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch("k", Rings.counting(), """
                    void handle(thread RingContext& ring) {
                        send(ring, 12345ul, message_as<Ping>(ring));
                    }
                    """);
            await(kernel.send(rings.ping(9)));
            Rings.until(() -> !rings.deadLetters.isEmpty());
            var letter = rings.deadLetters.element();
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNDELIVERABLE);
            assertThat(letter.message().decode(RecordCodec.of(Rings.Ping.class)).sequence())
                    .isEqualTo(9);
        }
    }
}
