package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.SourcePosition;

/** A checked expression before it is known what becomes of it. */
sealed interface Operand {
    SourcePosition position();

    /** The type without reference; null for sets of functions and brace lists, which have none yet. */
    QualType type();

    /** A value that is no object. */
    record Value(TypedExpression expression, QualType type) implements Operand {
        @Override
        public SourcePosition position() {
            return expression.position();
        }
    }

    /**
     * An object; its type says where it lives.
     *
     * @param expiring whether it is an rvalue reference
     * @param addressable bit-fields and swizzles have no address
     * @param value what the expression yields where nobody asks for the object, as for most assignments; null if that
     *     is what the place holds
     */
    record Located(
            Place place,
            QualType type,
            boolean expiring,
            boolean addressable,
            TypedExpression value,
            SourcePosition position)
            implements Operand {
        Located(Place place, QualType type, boolean expiring, boolean addressable, SourcePosition position) {
            this(place, type, expiring, addressable, null, position);
        }

        Located(Place place, QualType type, SourcePosition position) {
            this(place, type, false, true, position);
        }

        /** The same object, which yields what the other operand does. */
        Located yielding(Operand other) {
            return other instanceof Value(var expression, var _)
                    ? new Located(place, type, expiring, addressable, expression, position)
                    : this;
        }
    }

    /** The name of one or more functions, perhaps of an object, perhaps with explicit template arguments. */
    record Functions(
            Symbol.FunctionSet set,
            Operand object,
            Templates.Explicit arguments,
            boolean argumentDependent,
            SourcePosition position)
            implements Operand {
        @Override
        public QualType type() {
            return null;
        }
    }

    /** Braces, and where the names in them are read. */
    record Braces(Expression.InitializerList list, Scope scope) implements Operand {
        @Override
        public SourcePosition position() {
            return list.position();
        }

        @Override
        public QualType type() {
            return null;
        }
    }

    /** {@code 'lvalue'} or {@code 'rvalue'}, as clang words it. */
    default String category() {
        return this instanceof Located located && !located.expiring() ? "lvalue" : "rvalue";
    }
}
