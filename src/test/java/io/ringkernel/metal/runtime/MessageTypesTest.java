package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageCodec;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.RecordCodec;
import io.ringkernel.metal.wire.RingMessage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A message is what the handler takes it for, or it is refused, or the handler sees zeros. */
@ExtendWith(TestDevice.class)
final class MessageTypesTest {
    record Wide(long a, long b, long c, int d) {}

    record Narrow(int a) {}

    record Other(long a, long b, long c, int d) {}

    @RingMessage.Type(77)
    record Numbered(int a, int b) {}

    @RingMessage.Type(77)
    record Shorter(int a) {}

    record Sum(long a, long b, long c, int d, int isWide, int isNarrow) {}

    /** Tells every byte of a Wide, whatever came. */
    private static final String TELLER = """
            void handle(thread RingContext& ring) {
                const device Wide& wide = message_as<Wide>(ring);
                Sum sum = {wide.a, wide.b, wide.c, wide.d, is_message<Wide>(ring), is_message<Narrow>(ring)};
                reply(ring, sum);
            }
            """;

    private static final Wide FULL = new Wide(-1, -2, -3, -4);

    private static KernelHandle launch(Rings rings, String handler, Class<?>... records) {
        var codecs = Arrays.stream(records)
                .<RecordCodec<?>>map(type -> RecordCodec.of(type.asSubclass(Record.class)))
                .toList();
        return rings.launch(
                LaunchOptions.builder().activateAtOnce().inputCapacity(1),
                KernelSource.handler(handler).withRecords(codecs));
    }

    private static KernelHandle teller(Rings rings) {
        return launch(rings, TELLER, Wide.class, Narrow.class, Sum.class, Numbered.class);
    }

    @Test
    void aRecordThatTheKernelWasNotMadeForIsRefusedByName(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = teller(rings);
            var other = new Other(1, 2, 3, 4);
            List<Function<KernelHandle, CompletableFuture<?>>> ways = List.of(
                    k -> k.send(other),
                    k -> k.call(other, LONG),
                    k -> k.call(other, Sum.class, LONG),
                    k -> k.send(RecordCodec.of(Other.class), other),
                    k -> k.sendAll(List.of(FULL, other)));
            for (var way : ways) {
                assertThat(failureOf(way.apply(kernel)))
                        .isInstanceOf(RingKernelException.UnexpectedMessage.class)
                        .hasMessageContaining(Wide.class.getName())
                        .hasMessageEndingWith("not for " + Other.class.getName());
            }
            assertThat(kernel.metrics().sent()).isZero();
        }
    }

    @Test
    void aRecordOfTheSameNumberAndAnotherSizeIsRefusedByNameAndSize(MetalDevice device) {
        try (var rings = new Rings(device)) {
            assertThat(failureOf(teller(rings).send(new Shorter(1))))
                    .hasMessage("kernel 'k' was made for %s of 8 bytes, not for %s of 4 bytes"
                            .formatted(Numbered.class.getName(), Shorter.class.getName()));
        }
    }

    @Test
    void bytesAndCodecsOfOnesOwnGoByTheirNumber(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = teller(rings);
            assertThat(await(kernel.call(new Bytes(77), new byte[12], LONG)).decode(RecordCodec.of(Sum.class)))
                    .isNotNull();
            assertThat(failureOf(kernel.send(new Bytes(78), new byte[8])))
                    .isInstanceOf(RingKernelException.UnexpectedMessage.class)
                    .hasMessageContaining(Wide.class.getName())
                    .hasMessageEndingWith("not for message type 0x000000000000004e");
            var envelope = MessageEnvelope.of(
                    MessageHeader.of(78, rings.runtime.clock().tick()), new byte[8]);
            assertThat(failureOf(kernel.sendAll(List.of(envelope))))
                    .isInstanceOf(RingKernelException.UnexpectedMessage.class);
        }
    }

    @Test
    void aKernelWithoutRecordsTakesEverything(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = launch(rings, "void handle(thread RingContext& ring) { reply_payload(ring); }");
            assertThat(await(kernel.call(FULL, Wide.class, LONG))).isEqualTo(FULL);
            assertThat(await(kernel.call(new Narrow(3), Narrow.class, LONG)).a())
                    .isEqualTo(3);
        }
    }

    @Test
    void behindAShorterMessageThereAreZeros(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = teller(rings);
            assertThat(await(kernel.call(FULL, Sum.class, LONG))).isEqualTo(new Sum(-1, -2, -3, -4, 1, 0));
            assertThat(await(kernel.call(new Narrow(-5), Sum.class, LONG)))
                    .isEqualTo(new Sum(0xfffffffbL, 0, 0, 0, 0, 1));
            await(kernel.call(FULL, Sum.class, LONG));
            var reply = await(kernel.call(new Bytes(77), new byte[] {1, 2, 3}, LONG));
            assertThat(reply.decode(RecordCodec.of(Sum.class))).isEqualTo(new Sum(0x030201, 0, 0, 0, 0, 0));
        }
    }

    private static final String SENDER = """
            void handle(thread RingContext& ring) {
                if (is_message<Wide>(ring)) {
                    send(ring, %1$dul, message_as<Wide>(ring));
                } else if (is_message<Narrow>(ring)) {
                    send(ring, %1$dul, message_as<Narrow>(ring));
                } else {
                    device Narrow* place = (device Narrow*)ring_shared_output(
                        ring, %1$dul, 0ul, Narrow_MESSAGE_TYPE, payload_size_of((const thread Narrow*)nullptr));
                    if (place != nullptr && ring.thread_index == 1u) {
                        place->a = -6;
                    }
                }
            }
            """;

    @Test
    void behindAShorterMessageOfAnotherKernelThereAreZeros(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var options = LaunchOptions.builder().activateAtOnce();
            var records = List.of(RecordCodec.of(Wide.class), RecordCodec.of(Narrow.class), RecordCodec.of(Sum.class));
            long teller = KernelId.of("teller").number();
            var graph = await(rings.runtime
                    .graph()
                    .kernel(
                            "sender",
                            options.blockSize(2).build(),
                            KernelSource.handler(SENDER.formatted(teller)).withRecords(records))
                    .kernel(
                            "teller",
                            options.blockSize(1).build(),
                            KernelSource.handler(TELLER.replace("reply(ring", "send(ring, 0ul"))
                                    .withRecords(records))
                    .route("sender", "teller")
                    .inboxCapacity(1)
                    .launch());
            var sender = graph.kernel("sender");
            var told = graph.kernel("teller");
            assertThat(told(sender, told, FULL)).isEqualTo(new Sum(-1, -2, -3, -4, 1, 0));
            assertThat(told(sender, told, new Narrow(-5))).isEqualTo(new Sum(0xfffffffbL, 0, 0, 0, 0, 1));
            told(sender, told, FULL);
            assertThat(told(sender, told, new Sum(0, 0, 0, 0, 0, 0))).isEqualTo(new Sum(0xfffffffaL, 0, 0, 0, 0, 1));
        }
    }

    private static Sum told(KernelHandle sender, KernelHandle told, Record message) {
        await(sender.send(message));
        return await(told.receive(LONG)).decode(RecordCodec.of(Sum.class));
    }

    @Test
    void aReplyThatIsAnotherRecordSaysWhichOneItIs(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = teller(rings);
            assertThat(failureOf(kernel.call(FULL, Narrow.class, LONG)))
                    .hasMessage("message_type not " + Narrow.class.getName() + ": " + Sum.class.getName());
        }
    }

    @Test
    void aReplyThatIsNoRecordOfTheSourceSaysWhatToDo(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = launch(
                    rings,
                    "struct Own { int a; }; void handle(thread RingContext& ring) { Own own = {1}; reply(ring, own); }",
                    Narrow.class);
            assertThat(failureOf(kernel.call(new Narrow(1), Sum.class, LONG)))
                    .hasMessageContaining(Sum.class.getName())
                    .hasMessageContaining("a struct has whose record was not given to the kernel's source");
        }
    }

    @Test
    void aMessageThatSaysTheKernelSentItIsRefused(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(LaunchOptions.builder().activateAtOnce(), KernelSource.echo());
            var header = MessageHeader.of(1, rings.runtime.clock().tick())
                    .withRoute(kernel.id().number(), 0);
            var envelope = MessageEnvelope.of(header, new byte[4]);
            assertThatThrownBy(() -> kernel.send(envelope))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("sourceKernel is the receiver, kernel 'k'");
            assertThatThrownBy(() -> kernel.call(envelope, LONG)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> kernel.sendAll(List.of(envelope))).isInstanceOf(IllegalArgumentException.class);
            rings.runtime.k2k().register(KernelId.of("other")).send(kernel.id(), envelope);
            Rings.until(() -> !rings.deadLetters.isEmpty());
            assertThat(kernel.metrics().processed()).isZero();
        }
    }

    /** Bytes under a number. */
    private record Bytes(long messageType) implements MessageCodec<byte[]> {
        @Override
        public int byteSize(byte[] message) {
            return message.length;
        }

        @Override
        public void encode(byte[] message, MemorySegment target) {
            target.copyFrom(MemorySegment.ofArray(message));
        }

        @Override
        public byte[] decode(MemorySegment payload) {
            return payload.toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
