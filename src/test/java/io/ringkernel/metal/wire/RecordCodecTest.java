package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.RingMessage.Half;
import io.ringkernel.metal.wire.RingMessage.Length;
import io.ringkernel.metal.wire.RingMessage.Type;
import io.ringkernel.metal.wire.RingMessage.Unsigned;
import io.ringkernel.metal.wire.RingMessage.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordCodecTest {
    enum Side {
        BUY,
        SELL
    }

    record Scalars(boolean flag, byte tiny, short small, char letter, int whole, long big, float real) {}

    record Unsigneds(
            @Unsigned byte a,
            @Unsigned short b,
            @Unsigned int c,
            @Unsigned long d,
            @Half float e) {}

    @Vector
    record Position(float x, float y, float z) {}

    @Vector
    record Pixel(
            @Unsigned byte r,
            @Unsigned byte g,
            @Unsigned byte b,
            @Unsigned byte a) {}

    @Vector
    record Cell(long x, long y, long z) {}

    record Inner(byte tag, Position at) {}

    record Order(@Unsigned long id, Side side, @Half float weight, Inner inner) {}

    record Arrays3(
            @Length(3) byte[] bytes,
            @Length(2) short[] shorts,
            @Length(2) char[] chars,
            @Length(2) int[] ints,
            @Length(2) long[] longs,
            @Length(3) float[] floats,
            @Length(3) boolean[] flags,
            @Half @Length(3) float[] halves) {}

    record Nested(@Length(2) Inner[] inners, @Length(3) Side[] sides, byte last) {}

    record Empty() {}

    @Type(0x1234)
    record Chosen(int x) {}

    private static <R extends Record> byte[] encode(RecordCodec<R> codec, R message) {
        var bytes = new byte[codec.byteSize()];
        Arrays.fill(bytes, (byte) -1);
        codec.encode(message, MemorySegment.ofArray(bytes));
        return bytes;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void scalarsStandAtTheirNaturalAlignment() {
        var codec = RecordCodec.of(Scalars.class);
        var message = new Scalars(true, (byte) -2, (short) -3, 'ä', -4, Long.MIN_VALUE, 1.5f);
        var expected = little(32);
        expected.put(0, (byte) 1)
                .put(1, (byte) -2)
                .putShort(2, (short) -3)
                .putChar(4, 'ä')
                .putInt(8, -4);
        expected.putLong(16, Long.MIN_VALUE).putFloat(24, 1.5f);
        assertThat(encode(codec, message)).isEqualTo(expected.array());
        assertThat(codec.decode(MemorySegment.ofArray(expected.array()))).isEqualTo(message);
    }

    @Test
    void unsignedAndHalfComponentsKeepTheirBits() {
        var codec = RecordCodec.of(Unsigneds.class);
        var message = new Unsigneds((byte) 0xFF, (short) 0xFFFE, 0xFFFF_FFFD, -4L, -2f);
        var expected = little(24);
        expected.put(0, (byte) 0xFF)
                .putShort(2, (short) 0xFFFE)
                .putInt(4, 0xFFFF_FFFD)
                .putLong(8, -4L);
        expected.putShort(16, (short) 0xC000);
        assertThat(encode(codec, message)).isEqualTo(expected.array());
        assertThat(codec.decode(MemorySegment.ofArray(expected.array()))).isEqualTo(message);
    }

    @Test
    void vectorsOfThreeTakeTheRoomOfFour() {
        var codec = RecordCodec.of(Inner.class);
        assertThat(codec.byteSize()).isEqualTo(32);
        var expected = little(32);
        expected.put(0, (byte) 7).putFloat(16, 1).putFloat(20, 2).putFloat(24, 3);
        var message = new Inner((byte) 7, new Position(1, 2, 3));
        assertThat(encode(codec, message)).isEqualTo(expected.array());
        assertThat(codec.decode(MemorySegment.ofArray(expected.array()))).isEqualTo(message);
    }

    @Test
    void nestedStructsAlignToTheirLargestMember() {
        var codec = RecordCodec.of(Order.class);
        assertThat(codec.byteSize()).isEqualTo(48);
        var expected = little(48);
        expected.putLong(0, 99).putInt(8, 1).putShort(12, (short) 0x3C00).put(16, (byte) 5);
        expected.putFloat(32, 4).putFloat(36, 5).putFloat(40, 6);
        var message = new Order(99, Side.SELL, 1f, new Inner((byte) 5, new Position(4, 5, 6)));
        assertThat(encode(codec, message)).isEqualTo(expected.array());
        assertThat(codec.decode(MemorySegment.ofArray(expected.array()))).isEqualTo(message);
    }

    @Test
    void arraysStandElementByElement() {
        var codec = RecordCodec.of(Arrays3.class);
        var expected = little(64);
        expected.put(0, (byte) 1)
                .put(1, (byte) 2)
                .put(2, (byte) 3)
                .putShort(4, (short) 4)
                .putShort(6, (short) 5);
        expected.putChar(8, 'a')
                .putChar(10, 'b')
                .putInt(12, 6)
                .putInt(16, 7)
                .putLong(24, 8)
                .putLong(32, 9);
        expected.putFloat(40, 1f)
                .putFloat(44, 2f)
                .putFloat(48, 3f)
                .put(52, (byte) 1)
                .put(54, (byte) 1);
        expected.putShort(56, (short) 0x3C00).putShort(58, (short) 0x4000).putShort(60, (short) 0xBC00);
        var message = new Arrays3(
                new byte[] {1, 2, 3},
                new short[] {4, 5},
                new char[] {'a', 'b'},
                new int[] {6, 7},
                new long[] {8, 9},
                new float[] {1, 2, 3},
                new boolean[] {true, false, true},
                new float[] {1, 2, -1});
        assertThat(encode(codec, message)).isEqualTo(expected.array());
        var decoded = codec.decode(MemorySegment.ofArray(expected.array()));
        assertThat(decoded).usingRecursiveComparison().isEqualTo(message);
        assertThat(encode(codec, decoded)).isEqualTo(expected.array());
    }

    @Test
    void arraysOfRecordsAndEnumsStandElementByElement() {
        var codec = RecordCodec.of(Nested.class);
        assertThat(codec.byteSize()).isEqualTo(80);
        var expected = little(80);
        expected.put(0, (byte) 1).putFloat(16, 1).putFloat(20, 2).putFloat(24, 3);
        expected.put(32, (byte) 2).putFloat(48, 4).putFloat(52, 5).putFloat(56, 6);
        expected.putInt(64, 1).putInt(68, 0).putInt(72, 1).put(76, (byte) 9);
        var message = new Nested(
                new Inner[] {new Inner((byte) 1, new Position(1, 2, 3)), new Inner((byte) 2, new Position(4, 5, 6))},
                new Side[] {Side.SELL, Side.BUY, Side.SELL},
                (byte) 9);
        assertThat(encode(codec, message)).isEqualTo(expected.array());
        var decoded = codec.decode(MemorySegment.ofArray(expected.array()));
        assertThat(decoded.inners()).containsExactly(message.inners());
        assertThat(decoded.sides()).containsExactly(message.sides());
    }

    @Test
    void anEnvelopeHoldsTheSameBytesAsASegment() {
        var codec = RecordCodec.of(Nested.class);
        var message = new Nested(
                new Inner[] {new Inner((byte) 1, new Position(1, 2, 3)), new Inner((byte) 2, new Position(4, 5, 6))},
                new Side[] {Side.SELL, Side.BUY, Side.SELL},
                (byte) 9);
        var envelope = MessageEnvelope.of(codec, message, HlcTimestamp.ZERO);
        assertThat(envelope.payloadBytes()).isEqualTo(encode(codec, message));
        assertThat(envelope.decode(codec)).usingRecursiveComparison().isEqualTo(message);
        var arrays = RecordCodec.of(Arrays3.class);
        var decoded = MessageEnvelope.of(MessageHeader.of(arrays.messageType(), HlcTimestamp.ZERO), new byte[64])
                .decode(arrays);
        assertThat(MessageEnvelope.of(arrays, decoded, HlcTimestamp.ZERO).payloadBytes())
                .containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void anyRecordComesBackThroughHeapAndNativeMemory(long seed) {
        var random = new Random(seed);
        var scalars = RecordCodec.of(Scalars.class);
        var orders = RecordCodec.of(Order.class);
        try (var arena = Arena.ofConfined()) {
            var slot = arena.allocate(256, 64);
            for (int i = 0; i < 1_000; i++) {
                var scalar = new Scalars(
                        random.nextBoolean(),
                        (byte) random.nextInt(),
                        (short) random.nextInt(),
                        (char) random.nextInt(),
                        random.nextInt(),
                        random.nextLong(),
                        random.nextFloat());
                scalars.encode(scalar, slot);
                assertThat(scalars.decode(slot.asSlice(0, 32))).isEqualTo(scalar);
                assertThat(MessageEnvelope.of(scalars, scalar, HlcTimestamp.ZERO)
                                .decode(scalars))
                        .isEqualTo(scalar);
                var order = new Order(
                        random.nextLong(),
                        Side.values()[random.nextInt(2)],
                        random.nextInt(-2048, 2049),
                        new Inner((byte) i, new Position(random.nextFloat(), random.nextFloat(), random.nextFloat())));
                orders.encode(order, slot);
                assertThat(orders.decode(slot.asSlice(0, 48))).isEqualTo(order);
                assertThat(MessageEnvelope.of(orders, order, HlcTimestamp.ZERO).decode(orders))
                        .isEqualTo(order);
            }
        }
    }

    @Test
    void theDefinitionIsMslWithNestedTypesFirst() {
        assertThat(RecordCodec.of(Nested.class).mslDefinition())
                .isEqualTo("""
                        struct Inner {
                            char tag;
                            float3 at;
                        };
                        static_assert(sizeof(Inner) == 32, "Inner");

                        constant constexpr uint Side_BUY = 0u;
                        constant constexpr uint Side_SELL = 1u;

                        struct Nested {
                            Inner inners[2];
                            uint sides[3];
                            char last;
                        };
                        static_assert(sizeof(Nested) == 80, "Nested");
                        constant constexpr ulong Nested_MESSAGE_TYPE = 0x%016xul;
                        """.formatted(RecordCodec.of(Nested.class).messageType()));
    }

    @Test
    void theDefinitionNamesMslsScalars() {
        assertThat(RecordCodec.of(Scalars.class).mslDefinition())
                .contains("    bool flag;\n    char tiny;\n    short small;\n    ushort letter;\n")
                .contains("    int whole;\n    long big;\n    float real;\n");
        assertThat(RecordCodec.of(Unsigneds.class).mslDefinition())
                .contains("    uchar a;\n    ushort b;\n    uint c;\n    ulong d;\n    half e;\n");
    }

    @Test
    void definitionsOfSeveralRecordsShareWhatIsNested() {
        var text = RecordCodec.mslDefinitions(List.of(RecordCodec.of(Order.class), RecordCodec.of(Nested.class)));
        assertThat(text).containsOnlyOnce("struct Inner {").containsOnlyOnce("Side_SELL = 1u");
        assertThat(text).contains("Order_MESSAGE_TYPE", "Nested_MESSAGE_TYPE");
    }

    static final class Elsewhere {
        record Inner(int other) {}
    }

    @Test
    void twoTypesOfOneNameAreRefused() {
        assertThatThrownBy(() -> RecordCodec.mslDefinitions(
                        List.of(RecordCodec.of(Inner.class), RecordCodec.of(Elsewhere.Inner.class))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two types of one simple name");
    }

    @Test
    void theLayoutHasMslsNamesAndOffsets() {
        var layout = (StructLayout) RecordCodec.of(Order.class).layout();
        assertThat(layout.byteSize()).isEqualTo(48);
        assertThat(layout.byteAlignment()).isEqualTo(16);
        assertThat(layout.byteOffset(PathElement.groupElement("weight"))).isEqualTo(12);
        assertThat(layout.byteOffset(PathElement.groupElement("inner"), PathElement.groupElement("at")))
                .isEqualTo(32);
    }

    record Vectors(Pixel pixel, Cell cell) {}

    @Test
    void vectorsHaveTheSizesOfTheSpecification() {
        var layout = (StructLayout) RecordCodec.of(Vectors.class).layout();
        assertThat(layout.byteOffset(PathElement.groupElement("cell"))).isEqualTo(32);
        assertThat(layout.byteSize()).isEqualTo(64);
        assertThat(RecordCodec.of(Vectors.class).mslDefinition())
                .contains("uchar4 pixel;")
                .contains("long3 cell;");
    }

    @Test
    void theMessageTypeIsTheHashOfTheClassNameUnlessChosen() {
        long hash = 0xcbf29ce484222325L;
        for (byte b : Scalars.class.getName().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        assertThat(RecordCodec.of(Scalars.class).messageType()).isEqualTo(hash);
        assertThat(RecordCodec.of(Chosen.class).messageType()).isEqualTo(0x1234);
    }

    @Test
    void aRecordWithoutComponentsHasAnEmptyPayload() {
        var codec = RecordCodec.of(Empty.class);
        var envelope = MessageEnvelope.of(codec, new Empty(), HlcTimestamp.ZERO);
        assertThat(envelope.payloadBytes()).isEmpty();
        assertThat(envelope.decode(codec)).isEqualTo(new Empty());
    }

    record Wide(@Length(16_384) int[] values) {}

    record TooWide(@Length(16_384) int[] values, byte more) {}

    @Test
    void aRecordMayFillTheWholePayloadAndNoMore() {
        var codec = RecordCodec.of(Wide.class);
        var values = new Random(3).ints(16_384).toArray();
        var envelope = MessageEnvelope.of(codec, new Wide(values), HlcTimestamp.ZERO);
        assertThat(MessageEnvelope.fromBytes(envelope.toBytes()).decode(codec).values())
                .isEqualTo(values);
        assertThatThrownBy(() -> RecordCodec.of(TooWide.class)).hasMessageEndingWith("not in 0..65536: 65540");
    }

    record Pair(@Length(2) int[] values, Inner inner) {}

    @Test
    void aMessageThatDoesNotFitItsDefinitionIsRefused() {
        var codec = RecordCodec.of(Pair.class);
        var inner = new Inner((byte) 0, new Position(0, 0, 0));
        assertThatThrownBy(() -> encode(codec, new Pair(new int[3], inner)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Pair.values.length not 2: 3");
        assertThatThrownBy(() -> encode(codec, new Pair(null, inner)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("Pair.values");
        assertThatThrownBy(() -> encode(codec, new Pair(new int[2], null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("Pair.inner");
        assertThatThrownBy(() -> codec.encode(new Pair(new int[2], inner), MemorySegment.ofArray(new byte[47])))
                .hasMessage("segment.byteSize() below 48: 47");
    }

    record Colored(Side side) {}

    record Checked(int x) {
        Checked {
            if (x < 0) {
                throw new IllegalArgumentException("x negative: " + x);
            }
        }
    }

    @Test
    void bytesThatAreNoSuchMessageAreRefused() {
        assertThatThrownBy(() -> RecordCodec.of(Colored.class).decode(MemorySegment.ofArray(new byte[] {2, 0, 0, 0})))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("Colored.side not in 0..1: 2");
        assertThatThrownBy(() -> RecordCodec.of(Colored.class).decode(MemorySegment.ofArray(new byte[5])))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("Colored has not 4 bytes: 5");
        assertThatThrownBy(
                        () -> RecordCodec.of(Checked.class).decode(MemorySegment.ofArray(new byte[] {-1, -1, -1, -1})))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("Checked refused by its constructor: x negative: -1");
    }

    private record Hidden(int x) {}

    @Test
    void aPrivateRecordInAnOpenPackageIsAMessageToo() {
        var codec = RecordCodec.of(Hidden.class);
        assertThat(codec.decode(MemorySegment.ofArray(encode(codec, new Hidden(5)))))
                .isEqualTo(new Hidden(5));
    }
}
