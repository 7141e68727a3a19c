package io.ringkernel.metal.msl.check.constant;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Known values as typed trees, in place of the calls and constructors that compute them. */
public final class ConstantTrees {
    private ConstantTrees() {}

    /** The tree of constants with the value of an expression, or the expression itself where it has no calls. */
    public static TypedExpression folded(TypedExpression expression, Object value) {
        if (!runsCode(expression)) {
            return expression;
        }
        var tree = tree(value, expression.type(), expression.position());
        return tree == null ? expression : tree;
    }

    private static boolean runsCode(TypedExpression expression) {
        var found = new boolean[1];
        new TypedWalk() {
            @Override
            public void expression(TypedExpression inner) {
                found[0] |= inner instanceof TypedExpression.Call || inner instanceof TypedExpression.Sequence;
                super.expression(inner);
            }
        }.expression(expression);
        return found[0];
    }

    /** Null for what has no tree: pointers, and unions, whose value does not say which member it is of. */
    private static TypedExpression tree(Object value, Type type, SourcePosition position) {
        return switch (type) {
            case Type.Scalar scalar
            when value instanceof Long bits -> new TypedExpression.Constant(scalar, bits, position);
            case Type.Vector vector ->
                construct(value, type, repeated(new Type.Scalar(vector.element()), vector.count()), position);
            case Type.Matrix matrix -> construct(value, type, repeated(matrix.column(), matrix.columns()), position);
            case Type.Array array -> construct(value, type, repeated(array.element(), array.length()), position);
            case Type.Struct struct
            when !struct.isUnion() ->
                construct(
                        value,
                        type,
                        struct.fields().stream().map(Type.Struct.Field::type).toList(),
                        position);
            default -> null;
        };
    }

    private static List<Type> repeated(Type type, int count) {
        return Collections.nCopies(count, type);
    }

    private static TypedExpression construct(Object value, Type type, List<Type> types, SourcePosition position) {
        if (!(value instanceof Object[] values) || values.length != types.size()) {
            return null;
        }
        var parts = new ArrayList<TypedExpression>(values.length);
        for (int i = 0; i < values.length; i++) {
            var part = tree(values[i], types.get(i), position);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return new TypedExpression.Construct(type, parts, position);
    }
}
