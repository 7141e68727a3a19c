package io.ringkernel.metal.msl.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.builtin.Builtin.Kind;
import io.ringkernel.metal.msl.builtin.LibraryCall.Component;
import io.ringkernel.metal.msl.builtin.LibraryCall.Literal;
import io.ringkernel.metal.msl.texture.TextureUnit;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class LibraryTest {

    private static final int NEWEST = 410;
    private static final Set<Kind> BY_COMPONENT =
            Set.of(Kind.ELEMENTWISE, Kind.TWO_RESULTS, Kind.REDUCTION, Kind.VECTOR, Kind.MATRIX, Kind.PACK);

    /** Kinds that no Java method stands for. */
    private static final Set<Kind> LOWERED = Set.of(Kind.INPUT, Kind.LOG);

    @Test
    void everyOverloadHasAPublicMethodForItsComponentsOrForTheWholeCall() throws Exception {
        for (var name : Library.names()) {
            for (var overload : Library.overloads(name, NEWEST)) {
                if (BY_COMPONENT.contains(overload.kind())) {
                    assertCallable(overload);
                } else if (!LOWERED.contains(overload.kind())) {
                    assertExists(overload.method());
                }
            }
        }
    }

    private static void assertCallable(Builtin overload) throws Exception {
        for (int i = 0; i < componentCount(overload.result()); i++) {
            assertCallable(overload, Library.component(overload, i));
        }
    }

    private static void assertCallable(Builtin overload, LibraryCall call) throws Exception {
        assertExists(call.method());
        assertThat(call.method().type().returnType())
                .as("%s", overload)
                .isEqualTo(element(overload.result()).carrier());
        for (int i = 0; i < call.operands().size(); i++) {
            var carrier = call.method().type().parameterType(i);
            switch (call.operands().get(i)) {
                case Literal _ -> assertThat(carrier).isEqualTo(int.class);
                case Component(int argument, int index) -> {
                    var type = overload.parameters().get(argument);
                    assertThat(carrier)
                            .as("%s", overload)
                            .isEqualTo(element(type).carrier());
                    assertThat(index).isBetween(0, componentCount(type) - 1);
                }
            }
        }
    }

    private static void assertExists(LibraryMethod method) throws Exception {
        var found = method.owner().getMethod(method.name(), method.type().parameterArray());
        assertThat(found.getReturnType())
                .as("%s", method)
                .isEqualTo(method.type().returnType());
        // The texture unit belongs to a thread.
        assertThat(Modifier.isStatic(found.getModifiers()))
                .as("%s", method)
                .isNotEqualTo(method.owner() == TextureUnit.class);
        assertThat(Modifier.isPublic(method.owner().getModifiers())).isTrue();
    }

    private static int componentCount(Type type) {
        return switch (type) {
            case Type.Vector vector -> vector.count();
            case Type.Matrix matrix -> matrix.columns() * matrix.rows();
            default -> 1;
        };
    }

    private static ScalarType element(Type type) {
        return switch (type) {
            case Type.Vector vector -> vector.element();
            case Type.Matrix matrix -> matrix.element();
            default -> ((Type.Scalar) type).kind();
        };
    }

    @Test
    void secondResultsHaveMethods() throws Exception {
        for (var element : List.of(ScalarType.FLOAT, ScalarType.HALF)) {
            for (var name : List.of("sincos", "modf", "frexp", "fast::sincos", "precise::frexp")) {
                assertExists(Library.secondMethod(name, List.of(element)));
            }
        }
        assertThat(Library.secondMethod("frexp", List.of(ScalarType.FLOAT))
                        .type()
                        .returnType())
                .isEqualTo(int.class);
        assertThat(Library.secondMethod("sincos", List.of(ScalarType.HALF)).name())
                .isEqualTo("cos");
    }

    @Test
    void aFunctionWithOneResultHasNoSecondMethod() {
        assertThatThrownBy(() -> Library.secondMethod("sin", List.of(ScalarType.FLOAT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sin");
    }

    @Test
    void noScalarMethodExistsForTypesThatNoOverloadTakes() {
        assertThatThrownBy(() -> Library.method("sin", List.of(ScalarType.INT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Library.method("simd_sum", List.of(ScalarType.INT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMethodDependsOnTheSignWhereTheResultDoes() {
        assertThat(Library.method("max", List.of(ScalarType.UINT, ScalarType.UINT))
                        .owner())
                .isEqualTo(UnsignedIntegerFunctions.class);
        assertThat(Library.method("max", List.of(ScalarType.INT, ScalarType.INT))
                        .owner())
                .isEqualTo(IntegerFunctions.class);
        assertThat(Library.method("clz", List.of(ScalarType.UCHAR)).name()).isEqualTo("clzUchar");
        assertThat(Library.method(
                                "dot",
                                List.of(
                                        ScalarType.FLOAT,
                                        ScalarType.FLOAT,
                                        ScalarType.FLOAT,
                                        ScalarType.FLOAT,
                                        ScalarType.FLOAT,
                                        ScalarType.FLOAT))
                        .type()
                        .parameterCount())
                .isEqualTo(6);
    }

    @Test
    void halfHasItsOwnMethodWhereTheRoundedFloatWouldBeWrong() {
        var half = ScalarType.HALF;
        assertThat(Library.method("fract", List.of(half)).name()).isEqualTo("fractHalf");
        assertThat(Library.method("fma", List.of(half, half, half)).name()).isEqualTo("fmaHalf");
        assertThat(Library.method("nextafter", List.of(half, half)).name()).isEqualTo("nextafterHalf");
        assertThat(Library.method("isnormal", List.of(half)).name()).isEqualTo("isnormalHalf");
        assertThat(Library.method("sin", List.of(half)).name()).isEqualTo("sin");
    }

    @Test
    void anUnknownNameHasNoOverloads() {
        assertThat(Library.overloads("no_such_function", NEWEST)).isEmpty();
        assertThat(Library.overloads("atomic_fetch_add", NEWEST)).isEmpty();
        assertThat(Library.overloads("atomic_compare_exchange_strong_explicit", NEWEST))
                .isEmpty();
        assertThat(Library.overloads("inverse", NEWEST)).isEmpty();
    }

    @Test
    void noTwoOverloadsOfANameTakeTheSameParameters() {
        for (var name : Library.names()) {
            var parameters = Library.overloads(name, NEWEST).stream()
                    .map(Builtin::parameters)
                    .toList();
            assertThat(parameters).as(name).doesNotHaveDuplicates();
        }
    }

    @Test
    void functionsComeWithTheirVersion() {
        assertThat(Library.overloads("max3", 200)).isEmpty();
        assertThat(Library.overloads("max3", 210)).isNotEmpty();
        assertThat(Library.overloads("reverse_bits", 200)).isEmpty();
        assertThat(Library.overloads("mul24", 200)).isEmpty();
        assertThat(Library.overloads("extract_bits", 110)).isEmpty();
        assertThat(Library.overloads("extract_bits", 120)).isNotEmpty();
        assertThat(Library.overloads("nextafter", 300)).isEmpty();
        assertThat(Library.overloads("nextafter", 310)).isNotEmpty();
        assertThat(Library.overloads("atomic_thread_fence", 310)).isEmpty();
        assertThat(Library.overloads("atomic_thread_fence", 320)).hasSize(2);
        assertThat(Library.overloads("pack_float_to_snorm10a2", 320)).isEmpty();
        assertThat(Library.overloads("threadgroup_barrier", 300)).hasSize(1);
        assertThat(Library.overloads("threadgroup_barrier", 320)).hasSize(2);
        assertThat(Library.overloads("fmedian3", 100)).isNotEmpty();
        assertThat(Library.overloads("simd_shuffle", 120)).isEmpty();
        assertThat(Library.overloads("simd_sum", 200)).isEmpty();
        assertThat(Library.overloads("simd_shuffle_and_fill_up", 230)).isEmpty();
    }

    @Test
    void sixtyFourBitIntegersComeWith22AndBfloatWith31() {
        assertThat(elements("popcount", 210)).doesNotContain(ScalarType.LONG, ScalarType.ULONG);
        assertThat(elements("popcount", 220)).contains(ScalarType.LONG, ScalarType.ULONG);
        assertThat(elements("isnan", 300)).containsExactlyInAnyOrder(ScalarType.HALF, ScalarType.FLOAT);
        assertThat(elements("isnan", 310)).contains(ScalarType.BFLOAT);
        assertThat(elements("sin", NEWEST)).containsExactlyInAnyOrder(ScalarType.HALF, ScalarType.FLOAT);
    }

    @Test
    void fastAndPreciseVariantsAreOfFloatOnly() {
        assertThat(elements("fast::sin", 100)).containsExactly(ScalarType.FLOAT);
        assertThat(elements("precise::tanh", 100)).containsExactly(ScalarType.FLOAT);
        assertThat(Library.names())
                .contains("fast::clamp", "precise::saturate", "fast::normalize", "precise::distance", "fast::length")
                .doesNotContain("fast::dot", "fast::mix", "fast::isnan", "fast::popcount", "precise::cross");
    }

    @Test
    void geometricFunctionsTakeVectorsAndCrossThreeComponents() {
        assertThat(Library.overloads("dot", 100))
                .hasSize(6)
                .noneMatch(o -> o.parameters().getFirst() instanceof Type.Scalar);
        assertThat(Library.overloads("cross", 100))
                .extracting(o -> o.parameters().getFirst())
                .containsExactlyInAnyOrder(
                        new Type.Vector(ScalarType.HALF, 3, false), new Type.Vector(ScalarType.FLOAT, 3, false));
    }

    @Test
    void minAndMaxExistForEveryNumericTypeAndNotForMixedOnes() {
        var overloads = Library.overloads("min", 220);
        assertThat(elements("min", 220)).hasSize(10).doesNotContain(ScalarType.BOOL);
        assertThat(overloads)
                .allSatisfy(o -> assertThat(o.parameters().get(0))
                        .isEqualTo(o.parameters().get(1)));
    }

    @Test
    void absdiffIsUnsigned() {
        assertThat(Library.overloads("absdiff", 220))
                .allSatisfy(o -> assertThat(element(o.result())).matches(ScalarType::isUnsigned));
    }

    @Test
    void lanesExchangeNoBoolAndSixtyFourBitsOnlyInAQuad() {
        var narrow = Set.of(
                ScalarType.CHAR,
                ScalarType.UCHAR,
                ScalarType.SHORT,
                ScalarType.USHORT,
                ScalarType.INT,
                ScalarType.UINT,
                ScalarType.HALF,
                ScalarType.FLOAT);
        for (var name : List.of("shuffle", "sum", "shuffle_xor", "broadcast", "prefix_exclusive_sum")) {
            assertThat(elements("simd_" + name, NEWEST)).as(name).isEqualTo(narrow);
            assertThat(elements("quad_" + name, NEWEST))
                    .as(name)
                    .containsAll(narrow)
                    .contains(ScalarType.LONG, ScalarType.ULONG)
                    .hasSize(narrow.size() + 2);
        }
        assertThat(elements("simd_xor", NEWEST)).allMatch(ScalarType::isInteger).hasSize(6);
        assertThat(elements("quad_xor", NEWEST)).allMatch(ScalarType::isInteger).hasSize(8);
    }

    @Test
    void everyFunctionOfASimdGroupExistsForAQuad() {
        var simd = suffixes("simd_");
        assertThat(simd).contains("sum", "shuffle_rotate_down", "is_first", "prefix_inclusive_product");
        assertThat(suffixes("quad_")).isEqualTo(simd);
    }

    private static Set<String> suffixes(String prefix) {
        return Library.names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void matrixProductsAgreeInTheirInnerSize() {
        var floats = Library.overloads("operator*", 100).stream()
                .filter(o -> element(o.result()) == ScalarType.FLOAT)
                .toList();
        // 27 products of matrices, and 9 each with a column, a row, and a scalar on either side.
        assertThat(floats).hasSize(27 + 4 * 9);
        assertThat(floats)
                .contains(new Builtin(
                        "operator*",
                        Kind.MATRIX,
                        List.of(new Type.Matrix(ScalarType.FLOAT, 3, 2), new Type.Vector(ScalarType.FLOAT, 3, false)),
                        new Type.Vector(ScalarType.FLOAT, 2, false),
                        100,
                        null));
        assertThat(Library.overloads("determinant", 100)).hasSize(6);
        assertThat(Library.overloads("determinant", 310)).hasSize(9);
    }

    @Test
    void enumeratorsComeWithTheirVersion() {
        assertThat(names(300))
                .contains("memory_order_relaxed", "mem_flags::mem_device", "mem_flags::mem_none")
                .doesNotContain("memory_order_seq_cst", "thread_scope_device");
        assertThat(names(320))
                .contains("memory_order_seq_cst", "thread_scope_threadgroup")
                .doesNotContain("memory_order_acq_rel", "memory_order_acquire");
        assertThat(names(410)).contains("memory_order_acq_rel").doesNotContain("memory_order_consume");
    }

    private static List<String> names(int version) {
        return LibraryEnumerator.all(version).stream()
                .map(LibraryEnumerator::name)
                .toList();
    }

    private static Set<ScalarType> elements(String name, int version) {
        return Library.overloads(name, version).stream()
                .map(o -> element(o.parameters().getFirst()))
                .collect(Collectors.toSet());
    }
}
