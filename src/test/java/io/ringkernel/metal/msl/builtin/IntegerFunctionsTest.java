package io.ringkernel.metal.msl.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every integer function on every integer type, found through the library, against unlimited integers. */
final class IntegerFunctionsTest {

    private static final List<ScalarType> TYPES =
            Arrays.stream(ScalarType.values()).filter(ScalarType::isInteger).toList();
    private static final List<ScalarType> WIDE = List.of(ScalarType.INT, ScalarType.UINT);

    /** An integer type: what its values are and how a result that is out of range comes back into it. */
    private record Integers(ScalarType type) {
        int bits() {
            return 8 * type.byteSize();
        }

        BigInteger minimum() {
            return type.isUnsigned()
                    ? BigInteger.ZERO
                    : BigInteger.ONE.shiftLeft(bits() - 1).negate();
        }

        BigInteger maximum() {
            return minimum().add(BigInteger.ONE.shiftLeft(bits())).subtract(BigInteger.ONE);
        }

        BigInteger wrap(BigInteger value) {
            return value.subtract(minimum())
                    .mod(BigInteger.ONE.shiftLeft(bits()))
                    .add(minimum());
        }

        BigInteger saturate(BigInteger value) {
            return value.max(minimum()).min(maximum());
        }

        /** The value's bits as an unsigned integer. */
        BigInteger pattern(BigInteger value) {
            return value.mod(BigInteger.ONE.shiftLeft(bits()));
        }

        Object carry(BigInteger value) {
            return type.carrier() == long.class ? (Object) value.longValue() : (Object) value.intValue();
        }

        /** Those at edges and some at random, or all of them if there are no more than {@code limit}. */
        List<BigInteger> values(int limit) {
            var values = new TreeSet<BigInteger>();
            for (var edge :
                    List.of(minimum(), maximum(), BigInteger.ZERO, wrap(BigInteger.ONE.shiftLeft(bits() - 1)))) {
                for (int offset = -2; offset <= 2; offset++) {
                    values.add(wrap(edge.add(BigInteger.valueOf(offset))));
                }
            }
            var random = new Random(bits());
            if (bits() <= 16 && 1 << bits() <= limit) {
                for (int i = 0; i < 1 << bits(); i++) {
                    values.add(minimum().add(BigInteger.valueOf(i)));
                }
            }
            while (values.size() < Math.min(limit, 200)) {
                values.add(wrap(new BigInteger(random.nextInt(bits()) + 1, random)));
            }
            return new ArrayList<>(values);
        }
    }

    @FunctionalInterface
    private interface Definition {
        BigInteger of(Integers type, BigInteger... arguments);
    }

    private static void check(String name, int parameters, Definition definition) {
        check(name, parameters, TYPES, definition);
    }

    private static void check(String name, int parameters, List<ScalarType> types, Definition definition) {
        for (var type : types) {
            var integers = new Integers(type);
            var method = handle(name, Collections.nCopies(parameters, type));
            var all = parameters == 1 || type.byteSize() == 1 && parameters == 2;
            var values = integers.values(all ? 1 << 16 : 24);
            var arguments = new BigInteger[parameters];
            forAll(values, arguments, 0, () -> assertResult(name, integers, method, definition, arguments));
        }
    }

    private static void forAll(List<BigInteger> values, BigInteger[] arguments, int position, Runnable check) {
        if (position == arguments.length) {
            check.run();
            return;
        }
        for (var value : values) {
            arguments[position] = value;
            forAll(values, arguments, position + 1, check);
        }
    }

    private static void assertResult(
            String name, Integers integers, MethodHandle method, Definition definition, BigInteger[] arguments) {
        var carried = new Object[arguments.length];
        for (int i = 0; i < carried.length; i++) {
            carried[i] = integers.carry(arguments[i]);
        }
        var actual = ((Number) invoke(method, carried)).longValue();
        var expected = ((Number) integers.carry(definition.of(integers, arguments))).longValue();
        if (actual != expected) {
            assertThat(actual)
                    .as("%s %s%s", integers.type, name, Arrays.toString(arguments))
                    .isEqualTo(expected);
        }
    }

    private static Object invoke(MethodHandle method, Object... arguments) {
        try {
            return (Object) method.invokeExact(arguments);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private static MethodHandle handle(String name, List<ScalarType> parameters) {
        var method = Library.method(name, parameters);
        try {
            return MethodHandles.lookup()
                    .findStatic(method.owner(), method.name(), method.type())
                    .asType(method.type().generic())
                    .asSpreader(Object[].class, parameters.size());
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }

    private static BigInteger median(BigInteger... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[1];
    }

    @Test
    void absAndAbsdiff() {
        check("abs", 1, (t, x) -> t.wrap(x[0].abs()));
        // The result is unsigned: compare the carried bits.
        check("absdiff", 2, (t, x) -> x[0].subtract(x[1]).abs());
    }

    @Test
    void saturatingSums() {
        check("addsat", 2, (t, x) -> t.saturate(x[0].add(x[1])));
        check("subsat", 2, (t, x) -> t.saturate(x[0].subtract(x[1])));
        check("madsat", 3, (t, x) -> t.saturate(x[0].multiply(x[1]).add(x[2])));
    }

    @Test
    void minimumMaximumMedianAndClamp() {
        check("min", 2, (t, x) -> x[0].min(x[1]));
        check("max", 2, (t, x) -> x[0].max(x[1]));
        check("min3", 3, (t, x) -> x[0].min(x[1]).min(x[2]));
        check("max3", 3, (t, x) -> x[0].max(x[1]).max(x[2]));
        check("median3", 3, (t, x) -> median(x));
        check("clamp", 3, (t, x) -> x[0].max(x[1]).min(x[2]));
    }

    @Test
    void countingBits() {
        check("clz", 1, (t, x) -> BigInteger.valueOf(t.bits() - t.pattern(x[0]).bitLength()));
        check("ctz", 1, (t, x) -> BigInteger.valueOf(x[0].signum() == 0 ? t.bits() : x[0].getLowestSetBit()));
        check("popcount", 1, (t, x) -> BigInteger.valueOf(t.pattern(x[0]).bitCount()));
    }

    @Test
    void movingBits() {
        check("reverse_bits", 1, (t, x) -> {
            var reversed = BigInteger.ZERO;
            for (int i = 0; i < t.bits(); i++) {
                reversed = x[0].testBit(i) ? reversed.setBit(t.bits() - 1 - i) : reversed;
            }
            return t.wrap(reversed);
        });
        check("rotate", 2, (t, x) -> {
            var count = x[1].mod(BigInteger.valueOf(t.bits())).intValue();
            var pattern = t.pattern(x[0]);
            return t.wrap(pattern.shiftLeft(count).or(pattern.shiftRight(t.bits() - count)));
        });
    }

    @Test
    void halvedSums() {
        check("hadd", 2, (t, x) -> x[0].add(x[1]).shiftRight(1));
        check("rhadd", 2, (t, x) -> x[0].add(x[1]).add(BigInteger.ONE).shiftRight(1));
    }

    @Test
    void upperHalvesOfProducts() {
        check("mulhi", 2, (t, x) -> x[0].multiply(x[1]).shiftRight(t.bits()));
        check(
                "madhi",
                3,
                (t, x) -> t.wrap(x[0].multiply(x[1]).shiftRight(t.bits()).add(x[2])));
    }

    @Test
    void productsOf24Bits() {
        check("mul24", 2, WIDE, (t, x) -> t.wrap(x[0].multiply(x[1])));
        check("mad24", 3, WIDE, (t, x) -> t.wrap(x[0].multiply(x[1]).add(x[2])));
    }

    @Test
    void bitFieldsAreExtractedWithTheTypesSign() {
        for (var type : TYPES) {
            var integers = new Integers(type);
            var extract = handle("extract_bits", List.of(type, ScalarType.UINT, ScalarType.UINT));
            forFields(integers, (value, offset, bits) -> {
                var field = integers.pattern(value).shiftRight(offset).mod(BigInteger.ONE.shiftLeft(bits));
                var negative = !type.isUnsigned() && bits > 0 && field.testBit(bits - 1);
                var expected = negative ? field.subtract(BigInteger.ONE.shiftLeft(bits)) : field;
                assertThat(invoke(extract, integers.carry(value), offset, bits))
                        .as("%s extract_bits(%s, %d, %d)", type, value, offset, bits)
                        .isEqualTo(integers.carry(expected));
            });
        }
    }

    @Test
    void bitFieldsAreInserted() {
        for (var type : TYPES) {
            var integers = new Integers(type);
            var insert = handle("insert_bits", List.of(type, type, ScalarType.UINT, ScalarType.UINT));
            var base = integers.wrap(new BigInteger("5a5a5a5a5a5a5a5a", 16));
            forFields(integers, (value, offset, bits) -> {
                var expected = base;
                for (int i = 0; i < bits; i++) {
                    expected = value.testBit(i) ? expected.setBit(offset + i) : expected.clearBit(offset + i);
                }
                assertThat(invoke(insert, integers.carry(base), integers.carry(value), offset, bits))
                        .as("%s insert_bits(%s, %s, %d, %d)", type, base, value, offset, bits)
                        .isEqualTo(integers.carry(integers.wrap(expected)));
            });
        }
    }

    @FunctionalInterface
    private interface Field {
        void check(BigInteger value, int offset, int bits);
    }

    private static void forFields(Integers integers, Field field) {
        for (var value : integers.values(21).subList(0, 20)) {
            for (int offset = 0; offset < integers.bits(); offset += integers.bits() / 8) {
                for (int bits = 0; offset + bits <= integers.bits(); bits++) {
                    field.check(value, offset, bits);
                }
            }
        }
    }
}
