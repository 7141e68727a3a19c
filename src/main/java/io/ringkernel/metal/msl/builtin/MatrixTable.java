package io.ringkernel.metal.msl.builtin;

import io.ringkernel.metal.msl.builtin.Builtin.Kind;
import io.ringkernel.metal.msl.builtin.LibraryCall.Component;
import io.ringkernel.metal.msl.builtin.LibraryCall.Operand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Overloads of the matrix functions and of matrix multiplication (MSL specification, 2.3 and 6.8), and their calls. */
final class MatrixTable {

    private static final String MULTIPLY = "operator*";
    private static final String TRANSPOSE = "transpose";
    private static final String DETERMINANT = "determinant";
    private static final List<ScalarType> ELEMENTS = List.of(ScalarType.HALF, ScalarType.BFLOAT, ScalarType.FLOAT);

    private MatrixTable() {}

    static Set<String> names() {
        return Set.of(MULTIPLY, TRANSPOSE, DETERMINANT);
    }

    /** The overloads of all versions; empty if {@code name} is no matrix function. */
    static List<Builtin> overloads(String name) {
        if (!names().contains(name)) {
            return List.of();
        }
        var overloads = new ArrayList<Builtin>();
        for (var element : ELEMENTS) {
            for (int columns = 2; columns <= 4; columns++) {
                for (int rows = 2; rows <= 4; rows++) {
                    add(overloads, name, new Type.Matrix(element, columns, rows));
                }
            }
        }
        return overloads;
    }

    private static void add(List<Builtin> overloads, String name, Type.Matrix matrix) {
        var scalar = new Type.Scalar(matrix.element());
        switch (name) {
            case TRANSPOSE -> {
                var transposed = new Type.Matrix(matrix.element(), matrix.rows(), matrix.columns());
                overloads.add(builtin(name, since(matrix), transposed, matrix));
            }
            case DETERMINANT -> {
                if (matrix.rows() == matrix.columns()) {
                    overloads.add(builtin(name, since(matrix), scalar, matrix));
                }
            }
            default -> addProducts(overloads, matrix, scalar);
        }
    }

    private static void addProducts(List<Builtin> overloads, Type.Matrix matrix, Type.Scalar scalar) {
        for (int columns = 2; columns <= 4; columns++) {
            var right = new Type.Matrix(matrix.element(), columns, matrix.columns());
            overloads.add(builtin(
                    MULTIPLY, since(matrix), new Type.Matrix(matrix.element(), columns, matrix.rows()), matrix, right));
        }
        var row = new Type.Vector(matrix.element(), matrix.columns(), false);
        overloads.add(builtin(MULTIPLY, since(matrix), matrix.column(), matrix, row));
        overloads.add(builtin(MULTIPLY, since(matrix), row, matrix.column(), matrix));
        overloads.add(builtin(MULTIPLY, since(matrix), matrix, matrix, scalar));
        overloads.add(builtin(MULTIPLY, since(matrix), matrix, scalar, matrix));
    }

    private static Builtin builtin(String name, int since, Type result, Type... parameters) {
        return new Builtin(name, Kind.MATRIX, List.of(parameters), result, since);
    }

    private static int since(Type.Matrix matrix) {
        return matrix.element() == ScalarType.BFLOAT ? 310 : 100;
    }

    /** How to compute one component of a result. */
    static LibraryCall call(Builtin builtin, int index) {
        var first = builtin.parameters().getFirst();
        return switch (builtin.name()) {
            case TRANSPOSE -> {
                var matrix = (Type.Matrix) first;
                var source = index % matrix.columns() * matrix.rows() + index / matrix.columns();
                yield call("element", List.of(new Component(0, source)));
            }
            case DETERMINANT -> {
                var size = ((Type.Matrix) first).rows();
                var operands = new ArrayList<Operand>();
                for (int i = 0; i < size * size; i++) {
                    operands.add(new Component(0, i));
                }
                yield call("determinant", operands);
            }
            default -> product(first, builtin.parameters().getLast(), index);
        };
    }

    private static LibraryCall product(Type left, Type right, int index) {
        if (left instanceof Type.Scalar || right instanceof Type.Scalar) {
            var leftIndex = left instanceof Type.Scalar ? 0 : index;
            var rightIndex = right instanceof Type.Scalar ? 0 : index;
            return call("multiply", List.of(new Component(0, leftIndex), new Component(1, rightIndex)));
        }
        // Each component is a row of the left operand times a column of the right one.
        var rows = left instanceof Type.Matrix matrix ? matrix.rows() : 1;
        var length = left instanceof Type.Matrix matrix ? matrix.columns() : ((Type.Vector) left).count();
        var operands = new ArrayList<Operand>();
        for (int k = 0; k < length; k++) {
            operands.add(new Component(0, k * rows + index % rows));
        }
        for (int k = 0; k < length; k++) {
            operands.add(new Component(1, index / rows * length + k));
        }
        var elements = Collections.nCopies(2 * length, ScalarType.FLOAT);
        return new LibraryCall(Library.method("dot", elements), operands);
    }

    private static LibraryCall call(String method, List<? extends Operand> operands) {
        return ComponentCalls.floats(GeometricFunctions.class, method, List.copyOf(operands));
    }
}
