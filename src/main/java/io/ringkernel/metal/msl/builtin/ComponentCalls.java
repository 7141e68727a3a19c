package io.ringkernel.metal.msl.builtin;

import io.ringkernel.metal.msl.builtin.LibraryCall.Component;
import io.ringkernel.metal.msl.builtin.LibraryCall.Literal;
import io.ringkernel.metal.msl.builtin.LibraryCall.Operand;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Breaks calls on vectors and matrices down to calls on scalars, one per component of the result. */
final class ComponentCalls {

    private ComponentCalls() {}

    static LibraryCall of(Builtin builtin, int index) {
        return switch (builtin.kind()) {
            case ELEMENTWISE, TWO_RESULTS -> elementwise(builtin, index);
            case REDUCTION -> reduction(builtin);
            case VECTOR -> vector(builtin, index);
            case MATRIX -> MatrixTable.call(builtin, index);
            case PACK -> pack(builtin, index);
            default -> throw new IllegalArgumentException("not computed by scalars: " + builtin);
        };
    }

    /** A call of a method of {@code owner} whose parameters and result are all floats. */
    static LibraryCall floats(Class<?> owner, String name, List<Operand> operands) {
        var parameters = Collections.<Class<?>>nCopies(operands.size(), float.class);
        return new LibraryCall(
                new LibraryMethod(owner, name, MethodType.methodType(float.class, parameters)), operands);
    }

    private static LibraryCall elementwise(Builtin builtin, int index) {
        var scalars = new ArrayList<ScalarType>();
        var operands = new ArrayList<Operand>();
        for (int i = 0; i < builtin.parameters().size(); i++) {
            switch (builtin.parameters().get(i)) {
                case Type.Scalar scalar -> {
                    scalars.add(scalar.kind());
                    operands.add(new Component(i, 0));
                }
                case Type.Vector vector -> {
                    scalars.add(vector.element());
                    operands.add(new Component(i, index));
                }
                default -> {
                    // The pointer that takes a second result is no operand.
                }
            }
        }
        return new LibraryCall(Library.method(builtin.name(), scalars), operands);
    }

    private static LibraryCall reduction(Builtin builtin) {
        var scalars = new ArrayList<ScalarType>();
        var operands = new ArrayList<Operand>();
        for (int i = 0; i < builtin.parameters().size(); i++) {
            var type = builtin.parameters().get(i);
            scalars.addAll(Collections.nCopies(count(type), element(type)));
            addAll(operands, builtin, i);
        }
        return new LibraryCall(Library.method(builtin.name(), scalars), operands);
    }

    /**
     * The methods of {@link GeometricFunctions} take the components that belong to the result first, then all
     * components of the vectors that the result depends on as a whole.
     */
    private static LibraryCall vector(Builtin builtin, int index) {
        var name = builtin.name().substring(builtin.name().lastIndexOf(':') + 1);
        var operands = new ArrayList<Operand>();
        switch (name) {
            case "cross" -> {
                var next = (index + 1) % 3;
                var last = (index + 2) % 3;
                Collections.addAll(
                        operands,
                        new Component(0, next),
                        new Component(1, last),
                        new Component(0, last),
                        new Component(1, next));
            }
            case "normalize" -> {
                operands.add(new Component(0, index));
                addAll(operands, builtin, 0);
            }
            case "faceforward" -> {
                operands.add(new Component(0, index));
                addAll(operands, builtin, 1);
                addAll(operands, builtin, 2);
            }
            default -> {
                operands.add(new Component(0, index));
                operands.add(new Component(1, index));
                for (int i = 0; i < builtin.parameters().size(); i++) {
                    addAll(operands, builtin, i);
                }
            }
        }
        return floats(GeometricFunctions.class, name, operands);
    }

    private static LibraryCall pack(Builtin builtin, int index) {
        if (builtin.result() instanceof Type.Vector) {
            return new LibraryCall(builtin.method(), List.of(new Component(0, 0), new Literal(index)));
        }
        var operands = new ArrayList<Operand>();
        addAll(operands, builtin, 0);
        return new LibraryCall(builtin.method(), operands);
    }

    private static void addAll(List<Operand> operands, Builtin builtin, int argument) {
        for (int i = 0; i < count(builtin.parameters().get(argument)); i++) {
            operands.add(new Component(argument, i));
        }
    }

    private static int count(Type type) {
        return type instanceof Type.Vector vector ? vector.count() : 1;
    }

    private static ScalarType element(Type type) {
        return type instanceof Type.Vector vector ? vector.element() : ((Type.Scalar) type).kind();
    }
}
