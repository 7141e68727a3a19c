package io.ringkernel.metal.msl.check.constant;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * Values while the program is compiled. A scalar's value is its bits (Long), an aggregate's an Object[] of its
 * components, columns, elements or fields, a pointer's a {@link Slot}.
 */
final class Values {
    /** Larger objects are no constants of the compiler. */
    private static final int MOST_BYTES = 1 << 26;

    /** Where a value is; moving a pointer moves the index. */
    record Slot(Object[] container, int index) {
        Object get() {
            if (container == null || index < 0 || index >= container.length) {
                throw NotConstantException.INSTANCE;
            }
            return container[index];
        }

        void set(Object value) {
            get();
            container[index] = value;
        }
    }

    static final Slot NULL = new Slot(null, 0);

    private Values() {}

    static Object copy(Object value) {
        if (!(value instanceof Object[] parts)) {
            return value;
        }
        var copied = parts.clone();
        for (int i = 0; i < copied.length; i++) {
            copied[i] = copy(copied[i]);
        }
        return copied;
    }

    static Object zero(Type type) {
        if (type.byteSize() > MOST_BYTES) {
            throw NotConstantException.INSTANCE;
        }
        return switch (type) {
            case Type.Scalar _, Type.Atomic _ -> 0L;
            case Type.Vector vector -> fill(vector.count(), 0L);
            case Type.Matrix matrix -> {
                var columns = new Object[matrix.columns()];
                Arrays.setAll(columns, i -> zero(matrix.column()));
                yield columns;
            }
            case Type.Array array -> {
                var elements = new Object[array.length()];
                Arrays.setAll(elements, i -> zero(array.element()));
                yield elements;
            }
            case Type.Struct struct ->
                struct.fields().stream().map(field -> zero(field.type())).toArray();
            case Type.Pointer _ -> NULL;
            case Type.Opaque _ -> throw NotConstantException.INSTANCE;
        };
    }

    static Object[] fill(int count, Object value) {
        var parts = new Object[count];
        Arrays.fill(parts, value);
        return parts;
    }

    static ScalarType elementKind(Type type) {
        return switch (type) {
            case Type.Scalar scalar -> scalar.kind();
            case Type.Vector vector -> vector.element();
            case Type.Matrix matrix -> matrix.element();
            default -> throw NotConstantException.INSTANCE;
        };
    }

    static Object map(Object value, LongUnaryOperator function) {
        if (value instanceof Object[] parts) {
            var result = new Object[parts.length];
            Arrays.setAll(result, i -> map(parts[i], function));
            return result;
        }
        return function.applyAsLong((Long) value);
    }

    static Object combine(Object left, Object right, LongBinaryOperator function) {
        if (left instanceof Object[] a) {
            var b = (Object[]) right;
            var result = new Object[a.length];
            Arrays.setAll(result, i -> combine(a[i], b[i], function));
            return result;
        }
        return function.applyAsLong((Long) left, (Long) right);
    }

    static Object convert(Object value, Type from, Type to) {
        if (value instanceof Slot slot) {
            if (to instanceof Type.Scalar) {
                return slot.container() != null ? 1L : 0L;
            }
            throw NotConstantException.INSTANCE;
        }
        var source = elementKind(from);
        var target = elementKind(to);
        return map(value, bits -> {
            if (!ConstantArithmetic.isConvertible(source, target, bits)) {
                throw NotConstantException.INSTANCE;
            }
            return ConstantArithmetic.convert(source, target, bits);
        });
    }

    static Object comparePointers(TypedExpression.Binary binary, Slot left, Slot right) {
        var same = left.container() == right.container();
        return switch (binary.operator()) {
            case EQUAL -> same && left.index() == right.index() ? 1L : 0L;
            case NOT_EQUAL -> same && left.index() == right.index() ? 0L : 1L;
            default -> {
                if (!same) {
                    throw NotConstantException.INSTANCE;
                }
                yield ConstantArithmetic.binary(binary.operator(), ScalarType.INT, left.index(), right.index());
            }
        };
    }

    static Object matrix(Type.Matrix matrix, List<Object> parts) {
        if (parts.getFirst() instanceof Object[]) {
            return parts.stream().map(Values::copy).toArray();
        }
        var columns = (Object[]) zero(matrix);
        for (int i = 0; i < matrix.columns() * matrix.rows(); i++) {
            var column = i / matrix.rows();
            var row = i % matrix.rows();
            if (parts.size() > 1) {
                ((Object[]) columns[column])[row] = parts.get(i);
            } else if (column == row) {
                ((Object[]) columns[column])[row] = parts.getFirst();
            }
        }
        return columns;
    }
}
