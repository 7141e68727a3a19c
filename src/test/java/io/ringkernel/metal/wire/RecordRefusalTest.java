package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.wire.RingMessage.Half;
import io.ringkernel.metal.wire.RingMessage.Length;
import io.ringkernel.metal.wire.RingMessage.Unsigned;
import io.ringkernel.metal.wire.RingMessage.Vector;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

final class RecordRefusalTest {
    @Vector
    record Position(float x, float y, float z) {}

    record WithDouble(double x) {}

    record WithText(String text) {}

    record WithoutLength(int[] values) {}

    record WithZeroLength(@Length(0) int[] values) {}

    record WithStrayLength(@Length(3) int value) {}

    record WithStrayUnsigned(@Unsigned float value) {}

    record WithStrayHalf(@Half int value) {}

    record WithKeyword(int device) {}

    record WithVectorName(int float4) {}

    record WithUnicode(int größe) {}

    @Vector
    record Mixed(float x, int y) {}

    record WithMixed(Mixed value) {}

    record Recursive(Recursive next) {}

    record ControlBlock(int x) {}

    record RingContext(int x) {}

    record RingArguments(int x) {}

    record MessageOutcome(int x) {}

    record K2KMember(int x) {}

    record reply(int x) {}

    record INFINITY(int x) {}

    record WithNan(float NAN) {}

    record WithPi(float M_PI_F) {}

    record WithLimit(int INT_MAX) {}

    record WithLibraryName(int RingContext, int reply) {}

    record WithUnderscores(int __x) {}

    static final List<Arguments> REFUSED = List.of(
            Arguments.of(WithDouble.class, "no such type in MSL: WithDouble.x is double"),
            Arguments.of(WithText.class, "no such type in MSL: WithText.text is java.lang.String"),
            Arguments.of(WithoutLength.class, "array without @Length: WithoutLength.values"),
            Arguments.of(WithZeroLength.class, "@Length not positive: 0 on WithZeroLength.values"),
            Arguments.of(WithStrayLength.class, "@Length on what is no array: WithStrayLength.value"),
            Arguments.of(WithStrayUnsigned.class, "@Unsigned needs an integer: WithStrayUnsigned.value is float"),
            Arguments.of(WithStrayHalf.class, "@Half needs a float: WithStrayHalf.value is int"),
            Arguments.of(WithKeyword.class, "name is reserved in MSL: device in WithKeyword.device"),
            Arguments.of(RingContext.class, reserved(RingContext.class)),
            Arguments.of(RingArguments.class, reserved(RingArguments.class)),
            Arguments.of(MessageOutcome.class, reserved(MessageOutcome.class)),
            Arguments.of(K2KMember.class, reserved(K2KMember.class)),
            Arguments.of(reply.class, reserved(reply.class)),
            Arguments.of(INFINITY.class, reserved(INFINITY.class)),
            Arguments.of(WithNan.class, "name is reserved in MSL: NAN in WithNan.NAN"),
            Arguments.of(WithPi.class, "name is reserved in MSL: M_PI_F in WithPi.M_PI_F"),
            Arguments.of(WithLimit.class, "name is reserved in MSL: INT_MAX in WithLimit.INT_MAX"),
            Arguments.of(WithLibraryName.class, "name is reserved in MSL: RingContext in WithLibraryName.RingContext"),
            Arguments.of(WithUnderscores.class, "name is reserved in MSL: __x in WithUnderscores.__x"),
            Arguments.of(WithVectorName.class, "name is reserved in MSL: float4 in WithVectorName.float4"),
            Arguments.of(WithUnicode.class, "name is no MSL identifier: größe in WithUnicode.größe"),
            Arguments.of(
                    WithMixed.class, "@Vector needs 2 to 4 components of one scalar type: " + Mixed.class.getName()),
            Arguments.of(Recursive.class, "record contains itself: " + Recursive.class.getName()),
            Arguments.of(
                    ControlBlock.class, "name is reserved in MSL: ControlBlock in " + ControlBlock.class.getName()),
            Arguments.of(Position.class, "message is a @Vector, which is no struct: " + Position.class.getName()));

    @ParameterizedTest
    @FieldSource("REFUSED")
    void aRecordThatMslCannotHoldIsRefusedWithTheReason(Class<? extends Record> type, String message) {
        assertThatThrownBy(() -> RecordCodec.of(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static String reserved(Class<?> type) {
        return "name is reserved in MSL: " + type.getSimpleName() + " in " + type.getName();
    }
}
