package io.ringkernel.metal.msl.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.ringkernel.metal.msl.builtin.LibraryCall.Component;
import io.ringkernel.metal.msl.builtin.LibraryCall.Literal;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Geometric and matrix functions, called component by component as generated code does, against their formulas in
 * double.
 */
final class VectorFunctionsTest {

    private static final double TOLERANCE = 2e-6;

    private static Type.Vector vector(int count) {
        return new Type.Vector(ScalarType.FLOAT, count, false);
    }

    private static Type.Matrix matrix(int columns, int rows) {
        return new Type.Matrix(ScalarType.FLOAT, columns, rows);
    }

    /** All components of the result of the overload that takes these types. */
    private static float[] call(String name, List<Type> types, float[]... arguments) {
        var overload = Library.overloads(name, 300).stream()
                .filter(candidate -> candidate.parameters().equals(types))
                .findFirst()
                .orElseThrow();
        var count = switch (overload.result()) {
            case Type.Vector result -> result.count();
            case Type.Matrix result -> result.columns() * result.rows();
            default -> 1;
        };
        var result = new float[count];
        for (int i = 0; i < count; i++) {
            result[i] = evaluate(Library.component(overload, i), arguments);
        }
        return result;
    }

    private static float evaluate(LibraryCall call, float[]... arguments) {
        var operands = new ArrayList<Object>();
        for (var operand : call.operands()) {
            operands.add(
                    switch (operand) {
                        case Component(int argument, int index) -> arguments[argument][index];
                        case Literal(int value) -> value;
                    });
        }
        try {
            var method = call.method();
            return (float) MethodHandles.lookup()
                    .findStatic(method.owner(), method.name(), method.type())
                    .invokeWithArguments(operands);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    private static float[] random(Random random, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }

    private static double dot(float[] x, float[] y) {
        var sum = 0.0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum;
    }

    private static void assertClose(float[] actual, double... expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], offset(TOLERANCE));
        }
    }

    @Test
    void reductionsFollowTheirFormulas() {
        var random = new Random(1);
        for (int count = 2; count <= 4; count++) {
            var one = List.<Type>of(vector(count));
            var two = List.<Type>of(vector(count), vector(count));
            for (int i = 0; i < 100; i++) {
                var x = random(random, count);
                var y = random(random, count);
                var squaredDistance = dot(x, x) - 2 * dot(x, y) + dot(y, y);
                assertClose(call("dot", two, x, y), dot(x, y));
                assertClose(call("length", one, x), Math.sqrt(dot(x, x)));
                assertClose(call("length_squared", one, x), dot(x, x));
                assertClose(call("distance", two, x, y), Math.sqrt(squaredDistance));
                assertClose(call("distance_squared", two, x, y), squaredDistance);
            }
        }
    }

    @Test
    void lengthsNeitherOverflowNorVanish() {
        assertThat(GeometricFunctions.length(0x3p100f, 0x4p100f)).isEqualTo(0x5p100f);
        assertThat(GeometricFunctions.length(0x3p-100f, 0x4p-100f)).isEqualTo(0x5p-100f);
        assertThat(GeometricFunctions.normalize(0x3p100f, 0x3p100f, 0x4p100f)).isEqualTo(0.6f);
        assertThat(GeometricFunctions.normalize(0, 0, 0, 0)).isNaN();
    }

    @Test
    void crossIsPerpendicularAndRightHanded() {
        var types = List.<Type>of(vector(3), vector(3));
        assertThat(call("cross", types, new float[] {1, 0, 0}, new float[] {0, 1, 0}))
                .containsExactly(0, 0, 1);
        assertThat(call("cross", types, new float[] {0, 1, 0}, new float[] {0, 0, 1}))
                .containsExactly(1, 0, 0);
        var random = new Random(2);
        for (int i = 0; i < 100; i++) {
            var x = random(random, 3);
            var y = random(random, 3);
            var z = call("cross", types, x, y);
            assertThat(dot(x, z)).isCloseTo(0, offset(TOLERANCE));
            assertThat(dot(y, z)).isCloseTo(0, offset(TOLERANCE));
            // Lagrange's identity
            assertThat(dot(z, z)).isCloseTo(dot(x, x) * dot(y, y) - dot(x, y) * dot(x, y), offset(TOLERANCE));
        }
    }

    @Test
    void vectorsAreNormalisedReflectedRefractedAndTurned() {
        var random = new Random(3);
        for (int count = 2; count <= 4; count++) {
            var one = List.<Type>of(vector(count));
            var two = List.<Type>of(vector(count), vector(count));
            var three = List.<Type>of(vector(count), vector(count), vector(count));
            var refraction = List.<Type>of(vector(count), vector(count), new Type.Scalar(ScalarType.FLOAT));
            for (int i = 0; i < 100; i++) {
                var incident = random(random, count);
                var normal = random(random, count);
                var unit = scaled(normal, 1 / Math.sqrt(dot(normal, normal)));
                assertClose(call("normalize", one, normal), widened(unit));
                var along = dot(incident, unit);
                assertClose(call("reflect", two, incident, normal), combined(1, incident, -2 * along, unit));
                var turned = call("faceforward", three, normal, incident, unit);
                assertThat(turned).isEqualTo(scaled(normal, along < 0 ? 1 : -1));
                var eta = 0.5f + random.nextFloat();
                var direction = scaled(incident, 1 / Math.sqrt(dot(incident, incident)));
                var cosine = dot(direction, unit);
                var k = 1 - eta * eta * (1 - cosine * cosine);
                if (Math.abs(k) > 1e-3) {
                    var expected =
                            k < 0 ? new double[count] : combined(eta, direction, -(eta * cosine + Math.sqrt(k)), unit);
                    assertClose(call("refract", refraction, direction, unit, new float[] {eta}), expected);
                }
            }
        }
    }

    private static float[] scaled(float[] x, double factor) {
        var result = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = (float) (x[i] * factor);
        }
        return result;
    }

    private static double[] widened(float[] x) {
        return combined(1, x, 0, x);
    }

    private static double[] combined(double a, float[] x, double b, float[] y) {
        var result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = a * x[i] + b * y[i];
        }
        return result;
    }

    @Test
    void matricesMultiplyRowsByColumns() {
        var random = new Random(4);
        for (int rows = 2; rows <= 4; rows++) {
            for (int inner = 2; inner <= 4; inner++) {
                var left = random(random, inner * rows);
                for (int columns = 2; columns <= 4; columns++) {
                    var right = random(random, columns * inner);
                    var expected = product(left, right, rows, inner, columns);
                    assertClose(
                            call("operator*", List.of(matrix(inner, rows), matrix(columns, inner)), left, right),
                            expected);
                }
                var column = random(random, inner);
                assertClose(
                        call("operator*", List.of(matrix(inner, rows), vector(inner)), left, column),
                        product(left, column, rows, inner, 1));
                var row = random(random, rows);
                assertClose(
                        call("operator*", List.of(vector(rows), matrix(inner, rows)), row, left),
                        product(row, left, 1, rows, inner));
                var scalar = new Type.Scalar(ScalarType.FLOAT);
                var factor = new float[] {0.75f};
                assertThat(call("operator*", List.of(matrix(inner, rows), scalar), left, factor))
                        .isEqualTo(scaled(left, 0.75));
                assertThat(call("operator*", List.of(scalar, matrix(inner, rows)), factor, left))
                        .isEqualTo(scaled(left, 0.75));
            }
        }
    }

    /** Column by column, as matrices are stored. */
    private static double[] product(float[] left, float[] right, int rows, int inner, int columns) {
        var result = new double[rows * columns];
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                for (int k = 0; k < inner; k++) {
                    result[column * rows + row] += (double) left[k * rows + row] * right[column * inner + k];
                }
            }
        }
        return result;
    }

    @Test
    void transpositionExchangesRowsAndColumns() {
        for (int columns = 2; columns <= 4; columns++) {
            for (int rows = 2; rows <= 4; rows++) {
                var source = random(new Random(5), columns * rows);
                var transposed = call("transpose", List.of(matrix(columns, rows)), source);
                for (int i = 0; i < source.length; i++) {
                    assertThat(transposed[i % rows * columns + i / rows]).isEqualTo(source[i]);
                }
            }
        }
    }

    @Test
    void theDeterminantIsThatOfElimination() {
        var random = new Random(6);
        for (int size = 2; size <= 4; size++) {
            for (int i = 0; i < 200; i++) {
                var source = random(random, size * size);
                assertClose(call("determinant", List.of(matrix(size, size)), source), eliminate(source, size));
            }
        }
    }

    private static double eliminate(float[] source, int size) {
        var a = new double[size][size];
        for (int i = 0; i < size * size; i++) {
            a[i / size][i % size] = source[i];
        }
        var determinant = 1.0;
        for (int k = 0; k < size; k++) {
            var pivot = k;
            for (int i = k + 1; i < size; i++) {
                pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
            }
            var exchanged = a[k];
            a[k] = a[pivot];
            a[pivot] = exchanged;
            determinant *= pivot == k ? a[k][k] : -a[k][k];
            for (int i = k + 1; i < size; i++) {
                for (int j = size - 1; j >= k; j--) {
                    a[i][j] -= a[k][j] * a[i][k] / a[k][k];
                }
            }
        }
        return determinant;
    }
}
