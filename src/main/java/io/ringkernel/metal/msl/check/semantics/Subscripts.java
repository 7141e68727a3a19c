package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.ArrayBounds;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.ExpressionText;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;
import java.util.Optional;

/** Subscripts of arrays, pointers, vectors, matrices and classes (MSL specification, section 2). */
final class Subscripts {
    /** What messages call the whole, and whether its parts have addresses. */
    private record Part(String name, boolean addressable) {}

    private final Analysis analysis;

    Subscripts(Analysis analysis) {
        this.analysis = analysis;
    }

    Operand subscript(Expression.Subscript subscript, Scope scope) {
        var base = analysis.expressions.check(subscript.base(), scope);
        var index = analysis.expressions.check(subscript.index(), scope);
        return subscript(base, index, ExpressionText.of(subscript.base()), subscript.position());
    }

    /** {@code name} is how messages call the object that is subscripted. */
    Operand subscript(Operand base, Operand index, String name, SourcePosition position) {
        if (base.type() == null) {
            throw Refusal.at(position, "subscripted value is not an array, pointer, or vector");
        }
        if (base.type().type() instanceof ClassSymbol symbol) {
            if (isLibraryArray(symbol)
                    && analysis.lookup.member(symbol, ArrayBounds.LIBRARY_ELEMENTS) instanceof Lookup.Member elements) {
                var array = analysis.members.access(base, elements, Optional.empty(), position);
                return subscript(array, index, name, position);
            }
            if (analysis.lookup.member(symbol, "operator[]") instanceof Lookup.Member operator
                    && operator.symbol() instanceof Symbol.FunctionSet set) {
                var functions = new Operand.Functions(set, base, Templates.Explicit.NONE, false, position);
                return analysis.calls.call(functions, List.of(index));
            }
            throw Refusal.at(position, "type '" + symbol + "' does not provide a subscript operator");
        }
        if (isPointer(index) && !isPointer(base)) {
            return subscript(index, base, name, position);
        }
        var number = index(index, position);
        return switch (base.type().type()) {
            case CppType.Pointer(var pointee) -> {
                if (pointee.isVoid()) {
                    throw Refusal.at(position, "subscript of pointer to incomplete type '" + pointee + "'");
                }
                if (pointee.type() instanceof ClassSymbol symbol && !symbol.isComplete()) {
                    throw Refusal.at(position, "subscript of pointer to incomplete type '" + pointee + "'");
                }
                var pointer = analysis.conversions.value(base);
                var moved = number instanceof TypedExpression.Constant constant && constant.bits() == 0
                        ? pointer
                        : new TypedExpression.PointerAdd(pointer, number, position);
                yield new Operand.Located(Trees.dereference(moved), pointee, position);
            }
            case CppType.Array(var element, int length) -> {
                var located = analysis.conversions.locate(base);
                if (!ArrayBounds.isOpen(located.place())) {
                    analysis.outsideSubscripts.note(number, length, position);
                }
                var place = new Place.Element(located.place(), number, Lowering.value(element, position), name);
                yield Members.part(place, located.type(), element, true, located, position);
            }
            case CppType.Vector vector -> component(base, vector, number, name, position);
            case CppType.Matrix matrix -> {
                var column = QualType.of(new CppType.Vector(matrix.element(), matrix.rows(), false));
                analysis.outsideSubscripts.note(number, matrix.columns(), position);
                yield element(base, column, number, new Part(name, true), position);
            }
            default -> throw Refusal.at(position, "subscripted value is not an array, pointer, or vector");
        };
    }

    private static boolean isPointer(Operand operand) {
        return operand.type() != null
                && (operand.type().isPointer() || operand.type().isArray());
    }

    /** Whether a class is {@code metal::array} of something, whose subscripts are those of the array in it. */
    private static boolean isLibraryArray(ClassSymbol symbol) {
        return symbol.name().startsWith("array<")
                && symbol.fields().size() == 1
                && symbol.fields().getFirst().name().equals(ArrayBounds.LIBRARY_ELEMENTS);
    }

    private Operand component(
            Operand base, CppType.Vector vector, TypedExpression number, String name, SourcePosition position) {
        analysis.outsideSubscripts.note(number, vector.count(), position);
        return number instanceof TypedExpression.Constant constant
                        && !OutsideSubscripts.isOutside(constant.bits(), vector.count())
                ? analysis.members.components(base, vector.element(), List.of((int) constant.bits()), position)
                : element(base, QualType.of(vector.element()), number, new Part(name, false), position);
    }

    private Operand element(
            Operand base, QualType element, TypedExpression number, Part part, SourcePosition position) {
        var lowered = Lowering.value(element, position);
        if (base instanceof Operand.Located located) {
            var place = new Place.Element(located.place(), number, lowered, part.name());
            var object = new Operand.Located(place, located.type().part(element), false, part.addressable(), position);
            return located.value() == null
                    ? object
                    : object.yielding(element(Members.valueOf(located), element, number, part, position));
        }
        var value = analysis.conversions.value(base);
        return new Operand.Value(new TypedExpression.ElementOf(value, number, lowered, part.name(), position), element);
    }

    /** An index as int, uint, long or ulong. */
    TypedExpression index(Operand index, SourcePosition position) {
        var type = index.type();
        if (type != null && type.isClass()) {
            var converted = analysis.conversions.implicit(index, QualType.LONG);
            if (converted != null) {
                return converted.apply().get();
            }
        }
        if (type == null || !type.isIntegral()) {
            throw Refusal.at(position, "array subscript is not an integer");
        }
        var value = analysis.conversions.value(index);
        return Trees.convert(value, new Type.Scalar(ScalarConversions.promoted(type.scalar())));
    }
}
