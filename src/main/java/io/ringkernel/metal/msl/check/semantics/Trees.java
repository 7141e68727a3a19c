package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.BinaryOperator;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.constant.ConstantArithmetic;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Builds typed trees; folds conversions and operations on scalar constants. */
final class Trees {
    static final Type.Scalar BOOL = new Type.Scalar(ScalarType.BOOL);
    static final Type.Scalar INT = new Type.Scalar(ScalarType.INT);
    static final Type.Scalar VOID = new Type.Scalar(ScalarType.VOID);

    private Trees() {}

    static TypedExpression.Constant constant(ScalarType kind, long bits, SourcePosition position) {
        return new TypedExpression.Constant(new Type.Scalar(kind), bits, position);
    }

    static TypedExpression integer(long value, SourcePosition position) {
        return constant(ScalarType.INT, value, position);
    }

    static TypedExpression read(Variable variable, SourcePosition position) {
        return new TypedExpression.Load(new Place.OfVariable(variable), position);
    }

    /** The object that a pointer points to; {@code *&x} is {@code x}. */
    static Place dereference(TypedExpression pointer) {
        return pointer instanceof TypedExpression.AddressOf(Place place, var _, var _)
                ? place
                : new Place.Dereference(pointer);
    }

    /** A pointer to a place; {@code &*p} is {@code p}. */
    static TypedExpression addressOf(Place place, AddressSpace space, boolean readOnly, SourcePosition position) {
        var type = new Type.Pointer(place.type(), space, readOnly);
        return place instanceof Place.Dereference(TypedExpression pointer)
                ? retype(pointer, type, position)
                : new TypedExpression.AddressOf(place, type, position);
    }

    /**
     * The place once an effect on it was made. What says where it is, pointers and indices, is evaluated once: before
     * the effect.
     */
    static Place after(Place place, AddressSpace space, Function<Place, TypedExpression> effect) {
        var before = new ArrayList<TypedStatement>();
        var named = named(place, before);
        var root = named;
        while (!(root instanceof Place.OfVariable || root instanceof Place.Dereference)) {
            root = whole(root);
        }
        var done = effect.apply(named);
        before.add(new TypedStatement.Evaluate(done, done.position()));
        var pointer = addressOf(root, space, false, done.position());
        var object = new Place.Dereference(new TypedExpression.Sequence(before, pointer, done.position()));
        return onto(named, root, object);
    }

    /** The same place, found without effects: its pointer and its indices are in new variables. */
    private static Place named(Place place, List<TypedStatement> into) {
        return switch (place) {
            case Place.OfVariable _ -> place;
            case Place.Dereference(var pointer) -> new Place.Dereference(named(pointer, into));
            case Place.Field(var struct, var field) -> new Place.Field(named(struct, into), field);
            case Place.Element(var aggregate, var index, var type, var name) -> {
                var whole = named(aggregate, into);
                yield new Place.Element(
                        whole, index instanceof TypedExpression.Constant ? index : named(index, into), type, name);
            }
            case Place.Swizzle(var vector, var components, var type) ->
                new Place.Swizzle(named(vector, into), components, type);
        };
    }

    private static TypedExpression named(TypedExpression value, List<TypedStatement> into) {
        var variable = temporary(value.type());
        into.add(new TypedStatement.Declare(variable, Optional.of(value), value.position()));
        return read(variable, value.position());
    }

    /** What a part is a part of. */
    private static Place whole(Place part) {
        return switch (part) {
            case Place.Field field -> field.struct();
            case Place.Element element -> element.aggregate();
            case Place.Swizzle swizzle -> swizzle.vector();
            case Place.OfVariable _, Place.Dereference _ ->
                throw new IllegalArgumentException("not a part of anything: " + part);
        };
    }

    /** The same part of another object. */
    private static Place onto(Place part, Place object, Place other) {
        if (part == object) {
            return other;
        }
        var whole = onto(whole(part), object, other);
        return switch (part) {
            case Place.Field field -> new Place.Field(whole, field.field());
            case Place.Element element -> new Place.Element(whole, element.index(), element.type(), element.name());
            case Place.Swizzle swizzle -> new Place.Swizzle(whole, swizzle.components(), swizzle.type());
            case Place.OfVariable _, Place.Dereference _ ->
                throw new IllegalArgumentException("not a part of anything: " + part);
        };
    }

    static TypedExpression retype(TypedExpression value, Type type, SourcePosition position) {
        return value.type().equals(type) ? value : new TypedExpression.Reinterpret(type, value, position);
    }

    /** Converts between numeric types of one shape. */
    static TypedExpression convert(TypedExpression value, Type type) {
        if (value.type().equals(type)) {
            return value;
        }
        if (value instanceof TypedExpression.Constant(var from, long bits, var position)
                && type instanceof Type.Scalar to
                && ConstantArithmetic.isConvertible(from.kind(), to.kind(), bits)) {
            return new TypedExpression.Constant(to, ConstantArithmetic.convert(from.kind(), to.kind(), bits), position);
        }
        return new TypedExpression.Convert(type, value, value.position());
    }

    /** A scalar for all components. */
    static TypedExpression splat(TypedExpression scalar, Type vector) {
        return new TypedExpression.Construct(vector, List.of(scalar), scalar.position());
    }

    static TypedExpression binary(
            BinaryOperator operator, TypedExpression left, TypedExpression right, Type type, SourcePosition position) {
        if (left instanceof TypedExpression.Constant(var kind, long a, var _)
                && right instanceof TypedExpression.Constant(var rightKind, long b, var _)) {
            var shift = operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT;
            var count = shift ? ConstantArithmetic.convert(rightKind.kind(), kind.kind(), b) : b;
            var folded = ConstantArithmetic.binary(operator, kind.kind(), a, count);
            if (folded != null) {
                return new TypedExpression.Constant((Type.Scalar) type, folded, position);
            }
        }
        return new TypedExpression.Binary(operator, left, right, type, position);
    }

    /** A new thread variable that holds a value. */
    static TypedExpression.Sequence with(Variable variable, TypedExpression value, TypedExpression result) {
        var declare = new TypedStatement.Declare(variable, Optional.of(value), value.position());
        return new TypedExpression.Sequence(List.of(declare), result, value.position());
    }

    static Variable temporary(Type type) {
        return new Variable("(temporary)", type, AddressSpace.THREAD);
    }
}
