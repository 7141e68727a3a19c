package io.ringkernel.metal;

import static io.ringkernel.metal.TestKernel.msl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalFunctionConstantsTest {
    private static final String SCALE = """
            constant int scale [[function_constant(3)]];
            constant bool negate [[function_constant(1)]];
            kernel void apply(device int* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                int scaled = cells[i] * scale;
                cells[i] = negate ? -scaled : scaled;
            }
            """;

    @Test
    void constantsAreGivenByIndexAndByName(MetalDevice device) {
        var byIndex = MetalFunctionConstants.none().with(3, 10).with(1, true);
        var byName = MetalFunctionConstants.none().with("negate", false).with("scale", 7);
        assertThat(apply(device, byIndex)).containsExactly(-10, -20);
        assertThat(apply(device, byName)).containsExactly(7, 14);
    }

    private static int[] apply(MetalDevice device, MetalFunctionConstants constants) {
        try (var kernel = TestKernel.of(device, SCALE, MetalCompileOptions.defaults(), constants);
                var cells = device.newBufferOf(1, 2)) {
            kernel.run(2, cells);
            return cells.readInts(0, 2);
        }
    }

    /** Each with what a kernel computes from {@code value} as an int. */
    static Stream<Arguments> valuesOfEveryType() {
        return Stream.of(
                Arguments.of("bool", MetalConstantValue.ofBools(true), "value", 1),
                Arguments.of("bool3", MetalConstantValue.ofBools(true, false, true), "value.x + value.y + value.z", 2),
                Arguments.of("char", MetalConstantValue.ofChars((byte) -3), "value", -3),
                Arguments.of("uchar", MetalConstantValue.ofUchars((byte) -3), "value", 253),
                Arguments.of("short", MetalConstantValue.ofShorts((short) -300), "value", -300),
                Arguments.of("ushort", MetalConstantValue.ofUshorts((short) -300), "value", 65_236),
                Arguments.of("int", MetalConstantValue.ofInts(-70_000), "value", -70_000),
                Arguments.of("int2", MetalConstantValue.ofInts(5, -6), "value.x * 100 + value.y", 494),
                Arguments.of("uint", MetalConstantValue.ofUints(-2), "value / 2", Integer.MAX_VALUE),
                Arguments.of("half", MetalConstantValue.ofHalves(1.5f), "value * 2", 3),
                Arguments.of("half4", MetalConstantValue.ofHalves(1, 2, 3, 4), "value.w * 10 + value.x", 41),
                Arguments.of("float", MetalConstantValue.ofFloats(2.5f), "value * 4", 10),
                Arguments.of("float3", MetalConstantValue.ofFloats(1, 2, 3), "value.z * 10 + value.y", 32));
    }

    @ParameterizedTest
    @MethodSource("valuesOfEveryType")
    void aConstantHasAnyScalarOrVectorType(
            String type, MetalConstantValue value, String expression, int expected, MetalDevice device) {
        var source = "constant " + type + " value [[function_constant(0)]];\n"
                + "kernel void result(device int* out [[buffer(0)]]) { out[0] = int(" + expression + "); }";
        var constants = MetalFunctionConstants.none().with(0, value);
        try (var kernel = TestKernel.of(device, source, MetalCompileOptions.defaults(), constants);
                var out = device.newBuffer(Integer.BYTES)) {
            kernel.run(1, out);
            assertThat(out.readInts(0, 1)).containsExactly(expected);
        }
    }

    @Test
    void anOptionalConstantMayBeLeftOut(MetalDevice device) {
        var source = """
                constant int given [[function_constant(0)]];
                constant int width = is_function_constant_defined(given) ? given : 64;
                kernel void result(device int* out [[buffer(0)]]) { out[0] = width; }
                """;
        assertThat(widthOf(device, source, MetalFunctionConstants.none())).isEqualTo(64);
        assertThat(widthOf(device, source, MetalFunctionConstants.none().with(0, 8)))
                .isEqualTo(8);
    }

    private static int widthOf(MetalDevice device, String source, MetalFunctionConstants constants) {
        try (var kernel = TestKernel.of(device, source, MetalCompileOptions.defaults(), constants);
                var out = device.newBuffer(Integer.BYTES)) {
            kernel.run(1, out);
            return out.readInts(0, 1)[0];
        }
    }

    @Test
    void aPipelineIsMadeWithoutValuesWhereNoneIsNeeded(MetalDevice device) {
        var source = """
                constant int given [[function_constant(0)]];
                kernel void optional(device int* out [[buffer(0)]]) {
                    out[0] = is_function_constant_defined(given) ? given : 64;
                }
                kernel void required(device int* out [[buffer(0)]]) { out[0] = given; }
                kernel void indifferent(device int* out [[buffer(0)]]) { out[0] = 1; }
                """;
        try (var library = device.newLibrary(source);
                var optional = library.function("optional");
                var required = library.function("required");
                var indifferent = library.function("indifferent");
                var specialized = library.function(
                        "optional", MetalFunctionConstants.none().with(0, 1))) {
            device.newPipeline(optional).close();
            device.newPipeline(indifferent).close();
            device.newPipeline(specialized).close();
            assertThat(optional.constants()).hasSize(1).noneMatch(MetalFunction.Constant::required);
            assertThat(required.constants()).hasSize(1);
            assertThat(indifferent.constants()).isEmpty();
            assertThat(specialized.constants()).isEmpty();
            assertThatThrownBy(() -> device.newPipeline(required)).isInstanceOf(CompilationFailedException.class);
        }
    }

    @Test
    void aFunctionTellsItsConstantsInOrderOfIndex(MetalDevice device) {
        try (var library = device.newLibrary(msl(SCALE));
                var function = library.function("apply")) {
            assertThat(function.constants())
                    .extracting(MetalFunction.Constant::name)
                    .containsExactly("negate", "scale");
            assertThat(function.constants())
                    .extracting(MetalFunction.Constant::index)
                    .containsExactly(1, 3);
            assertThat(function.constants()).allMatch(MetalFunction.Constant::required);
        }
    }

    @Test
    void aMissingConstantIsRefused(MetalDevice device, SoftwareMetal software) {
        try (var library = device.newLibrary(msl(SCALE))) {
            assertThatThrownBy(() -> library.function(
                            "apply", MetalFunctionConstants.none().with(3, 1)))
                    .isInstanceOf(CompilationFailedException.class)
                    .hasMessageContaining("negate");
        }
    }

    @Test
    void aValueOfAnotherTypeIsRefused(MetalDevice device, SoftwareMetal software) {
        try (var library = device.newLibrary(msl(SCALE))) {
            var constants = MetalFunctionConstants.none().with(3, 1f).with(1, true);
            assertThatThrownBy(() -> library.function("apply", constants))
                    .isInstanceOf(CompilationFailedException.class)
                    .hasMessageContaining("scale");
        }
    }

    @Test
    void setsAreValues() {
        var first = MetalFunctionConstants.none().with(0, true).with("tile", 32);
        var second = MetalFunctionConstants.none()
                .with("tile", MetalConstantValue.ofInts(32))
                .with(0, MetalConstantValue.ofBools(true));
        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
        assertThat(first.with(0, false)).isNotEqualTo(first);
        assertThat(first.with("tile", MetalConstantValue.ofUints(32))).isNotEqualTo(first);
        assertThat(first).isEqualTo(second);
        assertThat(first.toString()).contains("tile=int[32, 0, 0, 0]");
        assertThat(MetalConstantValue.ofHalves(1, 2).toString()).isEqualTo("half2[0, 60, 0, 64]");
    }

    @Test
    void anIndexOrALengthOutOfRangeIsRefused() {
        assertThatThrownBy(() -> MetalFunctionConstants.none().with(-1, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> MetalFunctionConstants.none().with(65_536, 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetalConstantValue.ofFloats(1, 2, 3, 4, 5))
                .withMessage("number of components not in 1..4: 5");
        assertThatIllegalArgumentException().isThrownBy(MetalConstantValue::ofInts);
    }
}
