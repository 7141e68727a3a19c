package io.ringkernel.metal.msl.check.constant;

import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.Library;
import io.ringkernel.metal.msl.builtin.LibraryCall;
import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import java.lang.invoke.MethodHandles;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Standard-library functions in constant expressions: the methods that generated code calls, called at once. */
final class BuiltinFolding {
    private static final Set<Builtin.Kind> PURE = EnumSet.of(
            Builtin.Kind.ELEMENTWISE,
            Builtin.Kind.REDUCTION,
            Builtin.Kind.VECTOR,
            Builtin.Kind.MATRIX,
            Builtin.Kind.PACK);

    /** The result in the evaluator's form, or null if the call is no constant. */
    Object fold(Builtin builtin, List<Object> arguments) {
        if (!PURE.contains(builtin.kind())) {
            return null;
        }
        return switch (builtin.result()) {
            case Type.Scalar(var kind) -> component(builtin, 0, kind, arguments);
            case Type.Vector vector -> components(builtin, 0, vector.count(), vector.element(), arguments);
            case Type.Matrix matrix -> {
                var columns = new Object[matrix.columns()];
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = components(builtin, i * matrix.rows(), matrix.rows(), matrix.element(), arguments);
                }
                yield columns;
            }
            default -> null;
        };
    }

    private static Object[] components(Builtin builtin, int first, int count, ScalarType kind, List<Object> arguments) {
        var parts = new Object[count];
        for (int i = 0; i < count; i++) {
            parts[i] = component(builtin, first + i, kind, arguments);
        }
        return parts;
    }

    private static Long component(Builtin builtin, int index, ScalarType kind, List<Object> arguments) {
        var call = Library.component(builtin, index);
        var values = call.operands().stream()
                .map(operand -> operand(operand, arguments))
                .toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = carried((Long) values[i], call.method().type().parameterType(i));
        }
        var result = invoke(call.method(), values);
        var bits = result instanceof Float real ? ConstantArithmetic.bits(real) : bits(result);
        var computed = result instanceof Float ? ScalarType.FLOAT : kind;
        return kind.isFloating()
                ? ConstantArithmetic.convert(computed, kind, bits)
                : ConstantArithmetic.narrow(kind, bits);
    }

    private static Long bits(Object result) {
        return result instanceof Boolean truth ? (truth ? 1L : 0L) : ((Number) result).longValue();
    }

    private static Object operand(LibraryCall.Operand operand, List<Object> arguments) {
        return switch (operand) {
            case LibraryCall.Literal(int value) -> (long) value;
            case LibraryCall.Component(int argument, int index) -> component(arguments.get(argument), index);
        };
    }

    private static Object component(Object value, int index) {
        if (!(value instanceof Object[] parts)) {
            return value;
        }
        return parts[0] instanceof Object[] column
                ? ((Object[]) parts[index / column.length])[index % column.length]
                : parts[index];
    }

    private static Object carried(long bits, Class<?> type) {
        if (type == float.class) {
            return ConstantArithmetic.real(bits);
        }
        if (type == boolean.class) {
            return bits != 0;
        }
        return type == long.class ? (Object) bits : (Object) (int) bits;
    }

    private static Object invoke(LibraryMethod method, Object[] values) {
        try {
            return MethodHandles.lookup()
                    .findStatic(method.owner(), method.name(), method.type())
                    .invokeWithArguments(values);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot call " + method, e);
        }
    }
}
