package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;
import java.util.function.Function;

/** Assignment, compound assignment, increment and decrement. */
final class Assignments {
    private final Analysis analysis;

    Assignments(Analysis analysis) {
        this.analysis = analysis;
    }

    Operand check(Expression.Assignment assignment, Scope scope) {
        var target = analysis.expressions.check(assignment.target(), scope);
        var value = analysis.expressions.check(assignment.value(), scope);
        var position = assignment.position();
        if (Operators.isUserDefined(target) || Operators.isUserDefined(value)) {
            var symbol =
                    assignment.operator().map(Expression.BinaryOperator::symbol).orElse("") + "=";
            var overloaded = overloaded(symbol, target, value, scope, position);
            if (overloaded != null) {
                return overloaded;
            }
        }
        if (assignment.operator().isPresent()) {
            return compound(assignment.operator().get(), target, value, scope, position);
        }
        var located = assignable(target, position);
        if (located.type().type() instanceof CppType.Array) {
            throw Refusal.at(position, "array type '" + located.type().unqualified() + "' is not assignable");
        }
        if (located.type().type() instanceof ClassSymbol symbol && Conversions.holdsAtomics(symbol)) {
            throw Refusal.at(
                    position,
                    "object of type '" + symbol + "' cannot be assigned because its copy assignment operator is "
                            + "implicitly deleted: it has atomic members");
        }
        if (located.type().type() instanceof ClassSymbol symbol) {
            requireAssignableParts(symbol, symbol, position);
        }
        if (located.type().type() instanceof ClassSymbol symbol
                && value.type() != null
                && value.type().type() == symbol) {
            return assignObject(located, value, symbol, position);
        }
        var converted = converted(value, located.type().unqualified(), position);
        return stored(located, place -> new TypedExpression.Assign(place, converted, position), position);
    }

    /** What the assignment operator does that the compiler makes: it assigns, and calls no copy constructor. */
    private Operand assignObject(Operand.Located target, Operand value, ClassSymbol symbol, SourcePosition position) {
        if (analysis.copies.hasPartWithAssignment(symbol)) {
            var source = analysis.conversions.locate(value);
            var after = Trees.after(
                    target.place(),
                    Lowering.space(target.type()),
                    place -> analysis.copies.assign(
                            new Operand.Located(place, target.type(), position), source, symbol));
            return new Operand.Located(after, target.type(), false, target.addressable(), position);
        }
        var whole = value instanceof Operand.Located source
                ? new TypedExpression.Load(source.place(), position)
                : analysis.conversions.value(value);
        return stored(target, place -> new TypedExpression.Assign(place, whole, position), position);
    }

    private static void requireAssignableParts(ClassSymbol whole, ClassSymbol part, SourcePosition position) {
        for (var field : part.fields()) {
            var type = field.type();
            if (type.isReference() || type.isConst()) {
                throw Refusal.at(
                        position,
                        "object of type '" + whole + "' cannot be assigned because its copy assignment operator is "
                                + "implicitly deleted: member '" + field.name() + "' is "
                                + (type.isReference() ? "a reference" : "const"));
            }
            if (type.type() instanceof ClassSymbol inner) {
                requireAssignableParts(whole, inner, position);
            }
        }
        part.bases().forEach(base -> requireAssignableParts(whole, base.symbol(), position));
    }

    /** The object after it was stored to; whoever wants no more than its value gets the stored one. */
    private static Operand stored(
            Operand.Located located, Function<Place, TypedExpression> store, SourcePosition position) {
        var after = Trees.after(located.place(), Lowering.space(located.type()), store);
        return new Operand.Located(
                after, located.type(), false, located.addressable(), store.apply(located.place()), position);
    }

    private Operand overloaded(String symbol, Operand target, Operand value, Scope scope, SourcePosition position) {
        if (symbol.equals("=") && !(target.type() != null && target.type().isClass())) {
            return null;
        }
        // The operator that each class has hides those of its bases (C++14 [over.ass]).
        if (symbol.equals("=") && ((ClassSymbol) target.type().type()).scope().local("operator=") == null) {
            return null;
        }
        return analysis.operators.overloaded("operator" + symbol, List.of(target, value), scope, position);
    }

    private TypedExpression converted(Operand value, QualType type, SourcePosition position) {
        var sequence = analysis.conversions.implicit(value, type);
        if (sequence == null) {
            if (value.type() == null) {
                throw Refusal.at(position, "cannot assign to " + type.quoted() + " from this expression");
            }
            throw type.isClass() || value.type().isClass()
                    ? Refusal.at(position, "no viable overloaded '='")
                    : Refusal.at(
                            position,
                            "assigning to " + type.quoted() + " from incompatible type " + Operators.quoted(value));
        }
        return sequence.apply().get();
    }

    /** The object to store to; refuses what cannot be stored to. */
    private Operand.Located assignable(Operand target, SourcePosition position) {
        if (!(target instanceof Operand.Located located)) {
            var duplicate = target instanceof Operand.Value(TypedExpression.Swizzle swizzle, var _)
                    && swizzle.vector() instanceof TypedExpression.Load;
            throw Refusal.at(
                    position,
                    duplicate
                            ? "vector is not assignable (contains duplicate components)"
                            : "expression is not assignable");
        }
        if (located.type().type() instanceof CppType.Atomic) {
            throw Refusal.at(
                    position,
                    "no viable overloaded '=': '" + located.type().unqualified()
                            + "' changes only through atomic functions");
        }
        if (located.type().readOnly()) {
            throw located.place() instanceof Place.OfVariable(var variable)
                    ? Refusal.at(
                            position,
                            "cannot assign to variable '" + variable.name() + "' with const-qualified type '"
                                    + located.type().withSpace(null).withConst(true) + "'")
                    : Refusal.at(position, "read-only variable is not assignable");
        }
        return located;
    }

    private Operand compound(
            Expression.BinaryOperator operator, Operand target, Operand value, Scope scope, SourcePosition position) {
        if (target.type() != null && target.type().type() instanceof CppType.Atomic) {
            throw Refusal.at(
                    position,
                    "invalid operands to binary expression (" + Operators.quoted(target) + " and "
                            + Operators.quoted(value) + ")");
        }
        var located = assignable(target, position);
        var type = located.type().unqualified();
        var old = new Variable("(old)", Lowering.value(type, position), AddressSpace.THREAD);
        var before = new Operand.Value(Trees.read(old, position), type);
        var result = analysis.operators.binary(operator, before, value, scope, position);
        // A compound assignment converts its result back without asking (C++14 [expr.ass] 7): short += int is fine.
        var converted = converted(result, type, position);
        return stored(located, place -> new TypedExpression.Update(place, old, converted, false, position), position);
    }

    /** {@code ++x}, {@code x--} and their like. */
    Operand step(Expression.Unary unary, Scope scope) {
        var operand = analysis.expressions.check(unary.operand(), scope);
        var position = unary.position();
        var post = unary.operator() == Expression.UnaryOperator.POST_INCREMENT
                || unary.operator() == Expression.UnaryOperator.POST_DECREMENT;
        var down = unary.operator() == Expression.UnaryOperator.PRE_DECREMENT
                || unary.operator() == Expression.UnaryOperator.POST_DECREMENT;
        if (Operators.isUserDefined(operand)) {
            var arguments = post
                    ? List.of(operand, (Operand) Expressions.constant(ScalarType.INT, 0, position))
                    : List.of(operand);
            var overloaded =
                    analysis.operators.overloaded("operator" + unary.operator().symbol(), arguments, scope, position);
            if (overloaded != null) {
                return overloaded;
            }
        }
        checkSteps(operand, down, position);
        var located = assignable(operand, position);
        var type = located.type().unqualified();
        var lowered = Lowering.value(type, position);
        var old = new Variable("(old)", lowered, AddressSpace.THREAD);
        var read = new Operand.Value(Trees.read(old, position), type);
        var one = Expressions.constant(ScalarType.INT, 1, position);
        var core = down ? Expression.BinaryOperator.SUBTRACT : Expression.BinaryOperator.ADD;
        var next = analysis.operators.binary(core, read, one, scope, position);
        var value = lowered instanceof Type.Pointer
                ? analysis.conversions.value(next)
                : Trees.convert(analysis.conversions.value(next), lowered);
        return post
                ? new Operand.Value(new TypedExpression.Update(located.place(), old, value, true, position), type)
                : stored(located, place -> new TypedExpression.Update(place, old, value, false, position), position);
    }

    private static void checkSteps(Operand operand, boolean down, SourcePosition position) {
        var type = operand.type();
        var steps = type != null
                && (type.isPointer()
                        || type.isArithmetic()
                                && type.scalar() != ScalarType.BOOL
                                && !(type.type() instanceof EnumSymbol)
                        || type.type() instanceof CppType.Vector vector
                                && vector.element().isInteger());
        if (!steps) {
            throw Refusal.at(
                    position,
                    "cannot " + (down ? "decrement" : "increment") + " value of type " + Operators.quoted(operand));
        }
    }
}
