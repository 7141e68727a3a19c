package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scalar operators and conversions on edge values, against exact arithmetic. */
final class OperatorTest {

    /** An integer type as its range. */
    private record IntegerType(String name, int bits, boolean signed) {
        BigInteger wrap(BigInteger value) {
            var modulus = BigInteger.ONE.shiftLeft(bits);
            var low = value.mod(modulus);
            return signed && low.testBit(bits - 1) ? low.subtract(modulus) : low;
        }

        List<BigInteger> edges() {
            var values = new ArrayList<BigInteger>();
            for (var v : List.of(
                    0L,
                    1L,
                    2L,
                    3L,
                    7L,
                    31L,
                    100L,
                    127L,
                    128L,
                    255L,
                    32767L,
                    65535L,
                    1L << 31,
                    -1L,
                    -2L,
                    -7L,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE)) {
                var wrapped = wrap(BigInteger.valueOf(v));
                if (!values.contains(wrapped)) {
                    values.add(wrapped);
                }
            }
            return values;
        }
    }

    private static final IntegerType INT = new IntegerType("int", 32, true);
    private static final IntegerType UINT = new IntegerType("uint", 32, false);
    private static final IntegerType LONG = new IntegerType("long", 64, true);
    private static final IntegerType ULONG = new IntegerType("ulong", 64, false);
    private static final List<IntegerType> WIDE = List.of(INT, UINT, LONG, ULONG);
    private static final List<IntegerType> ALL = List.of(
            INT,
            UINT,
            LONG,
            ULONG,
            new IntegerType("char", 8, true),
            new IntegerType("uchar", 8, false),
            new IntegerType("short", 16, true),
            new IntegerType("ushort", 16, false));

    static Stream<Arguments> wideTypes() {
        return WIDE.stream().map(Arguments::of);
    }

    static Stream<Arguments> allTypes() {
        return ALL.stream().map(Arguments::of);
    }

    private static long[] pairs(IntegerType type, boolean left) {
        var values = new ArrayList<Long>();
        for (var a : type.edges()) {
            for (var b : type.edges()) {
                values.add((left ? a : b).longValue());
            }
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static long[] evaluate(String type, String expression, long[] left, long[] right) {
        var source = """
                kernel void k(device const long* x [[buffer(0)]], device const long* y [[buffer(1)]],
                              device long* out [[buffer(2)]], uint gid [[thread_position_in_grid]]) {
                    %1$s a = %1$s(x[gid]);
                    %1$s b = %1$s(y[gid]);
                    out[gid] = long(%2$s);
                }
                """.formatted(type, expression);
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, left).bind(1, right).bind(2, new long[left.length]);
            return kernel.run(left.length, 32).longs(2);
        }
    }

    private static void check(IntegerType type, String expression, BinaryOperator<BigInteger> exact) {
        var actual = evaluate(type.name(), expression, pairs(type, true), pairs(type, false));
        var i = 0;
        for (var a : type.edges()) {
            for (var b : type.edges()) {
                assertThat(actual[i++])
                        .as("%s: %s with a = %s, b = %s", type.name(), expression, a, b)
                        .isEqualTo(type.wrap(exact.apply(a, b)).longValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("wideTypes")
    void arithmeticWraps(IntegerType type) {
        check(type, "a + b", BigInteger::add);
        check(type, "a - b", BigInteger::subtract);
        check(type, "a * b", BigInteger::multiply);
        check(type, "-a", (a, b) -> a.negate());
        check(type, "~a", (a, b) -> a.not());
    }

    @ParameterizedTest
    @MethodSource("wideTypes")
    void divisionTruncatesAndNeverTraps(IntegerType type) {
        check(type, "b == 0 ? a : a / b", (a, b) -> b.signum() == 0 ? a : a.divide(b));
        check(type, "b == 0 ? a : a % b", (a, b) -> b.signum() == 0 ? a : a.remainder(b));
        assertThat(evaluate(type.name(), "(a / b, a % b, 1)", new long[] {5, -1}, new long[] {0, 0}))
                .containsOnly(1);
    }

    @ParameterizedTest
    @MethodSource("wideTypes")
    void shiftCountsAreMasked(IntegerType type) {
        BinaryOperator<BigInteger> count = (a, b) -> b.mod(BigInteger.valueOf(type.bits()));
        check(type, "a << b", (a, b) -> a.shiftLeft(count.apply(a, b).intValue()));
        check(type, "a >> b", (a, b) -> a.shiftRight(count.apply(a, b).intValue()));
    }

    @ParameterizedTest
    @MethodSource("wideTypes")
    void bitsAndComparisonsAreThoseOfTheType(IntegerType type) {
        check(type, "(a & b) ^ (a | 5)", (a, b) -> a.and(b).xor(a.or(BigInteger.valueOf(5))));
        check(type, "a < b", (a, b) -> bool(a.compareTo(b) < 0));
        check(type, "a <= b", (a, b) -> bool(a.compareTo(b) <= 0));
        check(type, "a > b", (a, b) -> bool(a.compareTo(b) > 0));
        check(type, "a >= b", (a, b) -> bool(a.compareTo(b) >= 0));
        check(type, "a == b", (a, b) -> bool(a.equals(b)));
        check(type, "a != b", (a, b) -> bool(!a.equals(b)));
    }

    private static BigInteger bool(boolean value) {
        return value ? BigInteger.ONE : BigInteger.ZERO;
    }

    @ParameterizedTest
    @MethodSource("allTypes")
    void vectorArithmeticWrapsAtTheElement(IntegerType type) {
        UnaryOperator<String> vector = e -> "(%s2(a, b) %s %s2(b, a)).x".formatted(type.name(), e, type.name());
        check(type, vector.apply("+"), BigInteger::add);
        check(type, vector.apply("*"), BigInteger::multiply);
        check(type, vector.apply("-"), BigInteger::subtract);
    }

    @ParameterizedTest
    @MethodSource("allTypes")
    void integersConvertByTheirLowBits(IntegerType to) {
        for (var from : ALL) {
            var left = pairs(from, true);
            var actual = evaluate(from.name(), "%s(a)".formatted(to.name()), left, left);
            for (int i = 0; i < left.length; i++) {
                assertThat(actual[i])
                        .as("%s to %s: %d", from.name(), to.name(), left[i])
                        .isEqualTo(to.wrap(BigInteger.valueOf(left[i])).longValue());
            }
        }
    }

    private static final float[] FLOATS = {
        0,
        -0f,
        0.5f,
        -0.5f,
        0.99f,
        1,
        -1,
        1.5f,
        2.5f,
        127.9f,
        128,
        -128.9f,
        -129,
        255.5f,
        256,
        32767.5f,
        32768,
        -32769,
        65535.5f,
        65536,
        2147483520f,
        2147483648f,
        -2147483648f,
        -2147483904f,
        4294967040f,
        4294967296f,
        1e10f,
        -1e10f,
        9.2233715e18f,
        9.223372e18f,
        1.8446743e19f,
        1.8446744e19f,
        1e30f,
        -1e30f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        16777216,
        16777217,
        1e-40f
    };

    @ParameterizedTest
    @MethodSource("allTypes")
    void floatsTruncateAndSaturateAndNanIsZero(IntegerType type) {
        var source = """
                kernel void k(device const float* x [[buffer(0)]], device long* out [[buffer(1)]],
                              uint gid [[thread_position_in_grid]]) { out[gid] = long(%s(x[gid])); }
                """.formatted(type.name());
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, FLOATS).bind(1, new long[FLOATS.length]).run(FLOATS.length, 32);
            for (int i = 0; i < FLOATS.length; i++) {
                assertThat(kernel.longs(1)[i])
                        .as("%s(%s)", type.name(), FLOATS[i])
                        .isEqualTo(saturated(type, FLOATS[i]).longValue());
            }
        }
    }

    private static BigInteger saturated(IntegerType type, float value) {
        var max =
                BigInteger.ONE.shiftLeft(type.bits() - (type.signed() ? 1 : 0)).subtract(BigInteger.ONE);
        var min = type.signed() ? max.not() : BigInteger.ZERO;
        if (Float.isNaN(value)) {
            return BigInteger.ZERO;
        }
        if (Float.isInfinite(value)) {
            return value > 0 ? max : min;
        }
        return new BigDecimal(value).toBigInteger().min(max).max(min);
    }

    @Test
    void integersConvertToTheNearestFloat() {
        for (var type : WIDE) {
            var source = """
                    kernel void k(device const long* x [[buffer(0)]], device float* out [[buffer(1)]],
                                  uint gid [[thread_position_in_grid]]) { out[gid] = float(%s(x[gid])); }
                    """.formatted(type.name());
            var values = new ArrayList<>(type.edges());
            for (long v : new long[] {16777217, 33554435, (1L << 40) + 1, -16777219, 0x7fffff4000000001L}) {
                values.add(type.wrap(BigInteger.valueOf(v)));
            }
            try (var kernel = TestKernel.of(source)) {
                kernel.bind(0, values.stream().mapToLong(BigInteger::longValue).toArray())
                        .bind(1, new float[values.size()])
                        .run(values.size(), 8);
                for (int i = 0; i < values.size(); i++) {
                    assertThat(kernel.floats(1)[i])
                            .as("%s %s", type.name(), values.get(i))
                            .isEqualTo(new BigDecimal(values.get(i)).floatValue());
                }
            }
        }
    }

    @Test
    void halfArithmeticRoundsAfterEveryOperation() {
        var source = """
                kernel void k(device const float* x [[buffer(0)]], device float* out [[buffer(1)]],
                              uint gid [[thread_position_in_grid]]) {
                    half a = half(x[gid]);
                    half b = half(x[(gid * 7 + 3) % 40]);
                    out[gid * 4] = a + b;
                    out[gid * 4 + 1] = a * b;
                    out[gid * 4 + 2] = a / b;
                    out[gid * 4 + 3] = (half2(a, b) - half2(b)).x;
                }
                """;
        var count = FLOATS.length;
        assertThat(count).isEqualTo(40);
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, FLOATS).bind(1, new float[4 * count]).run(count, 8);
            for (int i = 0; i < count; i++) {
                double a = half(FLOATS[i]);
                double b = half(FLOATS[(i * 7 + 3) % 40]);
                double[] exact = {a + b, a * b, a / b, a - b};
                for (int k = 0; k < 4; k++) {
                    // Doubles hold sums and products of halves exactly; quotients round once more, harmlessly.
                    assertThat(kernel.floats(1)[4 * i + k])
                            .as("%s and %s, %d", a, b, k)
                            .isEqualTo(Float.valueOf(half((float) exact[k])));
                }
            }
        }
    }

    private static float half(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    @Test
    void comparisonsWithNanAreFalseExceptNotEqual() {
        var source = """
                kernel void k(device const float* x [[buffer(0)]], device int* out [[buffer(1)]]) {
                    float n = x[0];
                    out[0] = (n < 1) + 2 * (n > 1) + 4 * (n <= 1) + 8 * (n >= 1) + 16 * (n == n) + 32 * (n != n);
                    int branches = 0;
                    if (n < 1) branches |= 1;
                    if (!(n < 1)) branches |= 2;
                    if (n >= 1) branches |= 4;
                    if (!(n >= 1)) branches |= 8;
                    if (n != n) branches |= 16;
                    out[1] = branches;
                    out[2] = bool(n) ? 1 : 0;
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, Float.NaN).bind(1, new int[3]).run(1, 1);
            assertThat(kernel.ints(1)).containsExactly(32, 2 + 8 + 16, 1);
        }
    }

    @Test
    void unsignedLoopsRunToTheirBound() {
        var source = """
                kernel void k(device const uint* n [[buffer(0)]], device uint* out [[buffer(1)]],
                              uint gid [[thread_position_in_grid]]) {
                    uint count = 0;
                    uint bound = n[gid];
                    for (uint i = 3; i < bound; i += 500000000u) { count++; if (count > 20) break; }
                    out[gid] = count;
                }
                """;
        int[] bounds = {0, 3, 4, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -500000000, 500000003, 500000004};
        var expected = new int[bounds.length];
        for (int k = 0; k < bounds.length; k++) {
            for (int i = 3; Integer.compareUnsigned(i, bounds[k]) < 0 && expected[k] <= 20; i += 500000000) {
                expected[k]++;
            }
        }
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, bounds).bind(1, new int[bounds.length]).run(bounds.length, 1);
            assertThat(kernel.ints(1)).isEqualTo(expected);
        }
    }
}
