package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;

/**
 * A value of a known type. Operands are evaluated left to right, exactly once. Operand types agree as each record says:
 * the checker has inserted every {@link Convert} and {@link Construct}.
 */
public sealed interface TypedExpression {

    /** The value's type; void for calls without a result. */
    Type type();

    /** Where the expression begins. */
    SourcePosition position();

    /** A scalar: {@code bits} is the carried int or long, or the raw bits of the carried float (also for half). */
    record Constant(Type.Scalar type, long bits, SourcePosition position) implements TypedExpression {}

    /** A null pointer. */
    record NullPointer(Type.Pointer type, SourcePosition position) implements TypedExpression {}

    /** Undefined or zero-initialised value of any type; {@code T()} and {@code {}} give all-zero bits. */
    record Zero(Type type, SourcePosition position) implements TypedExpression {}

    /** The value that pipeline creation gives to a function constant, or whether it gives one. */
    record FunctionConstantValue(FunctionConstant constant, SourcePosition position) implements TypedExpression {
        @Override
        public Type type() {
            return constant.type();
        }
    }

    /** {@code is_function_constant_defined(c)}: bool. */
    record FunctionConstantDefined(FunctionConstant constant, Type.Scalar type, SourcePosition position)
            implements TypedExpression {}

    /** Reads a place. */
    record Load(Place place, SourcePosition position) implements TypedExpression {
        @Override
        public Type type() {
            return place.type();
        }
    }

    /** {@code &place}; also how a reference is bound. */
    record AddressOf(Place place, Type.Pointer type, SourcePosition position) implements TypedExpression {}

    /** Stores, then yields the stored value. */
    record Assign(Place place, TypedExpression value, SourcePosition position) implements TypedExpression {
        @Override
        public Type type() {
            return place.type();
        }
    }

    /**
     * Compound assignment, increment and decrement: evaluates the place once, loads it into {@code old} (a fresh
     * variable of the place's type), evaluates {@code value} (which reads {@code old}), stores it, and yields the old
     * value if {@code yieldsOld}, else the new one.
     */
    record Update(Place place, Variable old, TypedExpression value, boolean yieldsOld, SourcePosition position)
            implements TypedExpression {
        @Override
        public Type type() {
            return place.type();
        }
    }

    /** Operand is bool for NOT (componentwise on bool vectors), otherwise numeric; result has the operand's type. */
    record Unary(UnaryOperator operator, TypedExpression operand, SourcePosition position) implements TypedExpression {
        @Override
        public Type type() {
            return operand.type();
        }
    }

    /**
     * Componentwise on two operands of one type (scalar, vector or, for ADD SUB, matrix); the right operand of SHL and
     * SHR may have another integer element type of the same shape. Comparisons give bool of the same shape (also on
     * pointers, compared as addresses). Arithmetic on types narrower than int does not occur on scalars (promoted by
     * the checker), but does on vectors. BIT_AND, BIT_OR, BIT_XOR also apply to bool.
     */
    record Binary(
            BinaryOperator operator, TypedExpression left, TypedExpression right, Type type, SourcePosition position)
            implements TypedExpression {}

    /** Short-circuit {@code &&} or {@code ||} on scalar bools. */
    record Logical(
            boolean isAnd, TypedExpression left, TypedExpression right, Type.Scalar type, SourcePosition position)
            implements TypedExpression {}

    /** {@code condition ? left : right}; the condition is a scalar bool, one branch is evaluated. */
    record Conditional(TypedExpression condition, TypedExpression left, TypedExpression right, SourcePosition position)
            implements TypedExpression {
        @Override
        public Type type() {
            return left.type();
        }
    }

    /**
     * Converts by value: scalar to scalar, vector or matrix to the same shape with another element (or packing),
     * numeric or pointer to bool. Float to integer truncates, saturates, NaN gives 0 (MSL specification, sections 2.21
     * and 8.6).
     */
    record Convert(Type type, TypedExpression operand, SourcePosition position) implements TypedExpression {}

    /**
     * Same bits, another type: {@code as_type}, and pointer casts inside one space, pointer to 64-bit integer and back.
     * Sizes are equal.
     */
    record Reinterpret(Type type, TypedExpression operand, SourcePosition position) implements TypedExpression {}

    /**
     * Builds a vector (from scalars and vectors whose components add up, or one scalar for all), a matrix (one scalar
     * for the diagonal, columns, or all scalars), a struct (one value per field in order) or an array (one per
     * element). A union has at most one value, for its first field.
     */
    record Construct(Type type, List<TypedExpression> parts, SourcePosition position) implements TypedExpression {}

    /** Components of a vector value; one component gives a scalar, more give an unpacked vector. */
    record Swizzle(TypedExpression vector, List<Integer> components, Type type, SourcePosition position)
            implements TypedExpression {}

    /** A field of a struct value that is no place (a call's result, say). */
    record FieldOf(TypedExpression struct, Type.Struct.Field field, SourcePosition position)
            implements TypedExpression {
        @Override
        public Type type() {
            return field.type();
        }
    }

    /** An element of an array, vector or matrix value that is no place; the index is int, uint, long or ulong. */
    record ElementOf(TypedExpression aggregate, TypedExpression index, Type type, String name, SourcePosition position)
            implements TypedExpression {}

    /** Moves a pointer by {@code index} (any 32- or 64-bit integer, negative too) pointees. */
    record PointerAdd(TypedExpression pointer, TypedExpression index, SourcePosition position)
            implements TypedExpression {
        @Override
        public Type type() {
            return pointer.type();
        }
    }

    /** Distance of two pointers in pointees: long. */
    record PointerDifference(TypedExpression left, TypedExpression right, Type.Scalar type, SourcePosition position)
            implements TypedExpression {}

    /** Calls a function; arguments have exactly the parameters' types. */
    record Call(TypedFunction function, List<TypedExpression> arguments, SourcePosition position)
            implements TypedExpression {
        @Override
        public Type type() {
            return function.returnType();
        }
    }

    /** Calls a function of the standard library; arguments have exactly the resolved overload's types. */
    record CallBuiltin(Builtin builtin, List<TypedExpression> arguments, Type type, SourcePosition position)
            implements TypedExpression {}

    /** Runs statements, then yields a value: comma operators, constructors, inlined lambdas. */
    record Sequence(List<TypedStatement> statements, TypedExpression result, SourcePosition position)
            implements TypedExpression {
        @Override
        public Type type() {
            return result.type();
        }
    }
}
