package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.BinaryOperator;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Copies and assignments of whole objects (C++14 [class.copy]): as the class says, part by part where it leaves that to
 * its parts, and at once where no part has an opinion either.
 */
final class ObjectCopies {
    private final Analysis analysis;

    ObjectCopies(Analysis analysis) {
        this.analysis = analysis;
    }

    /** A copy of an object: by the copy constructor if the class declares one. */
    TypedExpression copy(Operand from) {
        if (!(from instanceof Operand.Located located)
                || !(located.type().type() instanceof ClassSymbol symbol)
                || !declaresCopy(symbol)) {
            return analysis.conversions.value(from);
        }
        return analysis.conversions.value(analysis.calls.construct(symbol, List.of(from), false, located.position()));
    }

    /** Whether a copy constructor is one that the compiler makes. */
    static boolean isDefaulted(Symbol.Function constructor) {
        return constructor.declaration().body() instanceof Declaration.FunctionBody.Defaulted
                && isCopy(constructor, constructor.owner());
    }

    /** The value of an object as its implicit copy constructor makes it. */
    TypedExpression read(Operand.Located object, ClassSymbol symbol) {
        if (Conversions.holdsAtomics(symbol)) {
            throw Refusal.at(
                    object.position(),
                    "call to implicitly-deleted copy constructor of '" + symbol + "': it has atomic members");
        }
        if (symbol.isUnion() || !hasPart(symbol, ObjectCopies::declaresCopy)) {
            return new TypedExpression.Load(object.place(), object.position());
        }
        return once(object, source -> {
            var parts = new ArrayList<TypedExpression>();
            for (var part : parts(source, symbol)) {
                parts.add(copyOfPart(part));
            }
            return new TypedExpression.Construct(symbol.layout(), parts, object.position());
        });
    }

    private TypedExpression copyOfPart(Operand.Located part) {
        if (!(part.type().type() instanceof CppType.Array(var element, int length))
                || !concerns(element, ObjectCopies::declaresCopy)) {
            return copy(part);
        }
        var result = Trees.temporary(Lowering.object(part.type(), part.position()));
        var type = part.type().withSpace(AddressSpace.THREAD);
        var copies = new Operand.Located(new Place.OfVariable(result), type, part.position());
        var statements = new ArrayList<TypedStatement>();
        statements.add(new TypedStatement.Declare(result, Optional.empty(), part.position()));
        statements.add(eachElement(
                copies,
                part,
                length,
                (to, from) -> new TypedExpression.Assign(to.place(), copyOfPart(from), part.position())));
        return new TypedExpression.Sequence(statements, Trees.read(result, part.position()), part.position());
    }

    /** Whether an object is assigned part by part, since some part has an assignment operator of its own. */
    boolean hasPartWithAssignment(ClassSymbol symbol) {
        return !symbol.isUnion() && hasPart(symbol, this::declaresAssignment);
    }

    /** Assigns part by part. */
    TypedExpression assign(Operand.Located target, Operand.Located value, ClassSymbol symbol) {
        return once(
                target,
                to -> once(value, from -> {
                    var statements = new ArrayList<TypedStatement>();
                    var sources = parts(from, symbol);
                    var targets = parts(to, symbol);
                    for (int i = 0; i < targets.size(); i++) {
                        var done = assignPart(targets.get(i), sources.get(i));
                        statements.add(new TypedStatement.Evaluate(done, target.position()));
                    }
                    return new TypedExpression.Sequence(
                            statements, new TypedExpression.Zero(Trees.VOID, target.position()), target.position());
                }));
    }

    private TypedExpression assignPart(Operand.Located target, Operand.Located value) {
        var position = target.position();
        if (target.type().type() instanceof CppType.Array(var element, int length)
                && concerns(element, this::declaresAssignment)) {
            var loop = eachElement(target, value, length, this::assignPart);
            return new TypedExpression.Sequence(
                    List.of(loop), new TypedExpression.Zero(Trees.VOID, position), position);
        }
        if (!(target.type().type() instanceof ClassSymbol symbol)) {
            return new TypedExpression.Assign(
                    target.place(), new TypedExpression.Load(value.place(), position), position);
        }
        if (declaresAssignment(symbol)) {
            var called = analysis.operators.overloaded("operator=", List.of(target, value), symbol.scope(), position);
            return called instanceof Operand.Located located
                    ? analysis.conversions.address(located, true)
                    : analysis.conversions.value(called);
        }
        return hasPartWithAssignment(symbol)
                ? assign(target, value, symbol)
                : new TypedExpression.Assign(
                        target.place(), new TypedExpression.Load(value.place(), position), position);
    }

    /** Bases and members of an object, in the order of its layout. */
    private List<Operand.Located> parts(Operand.Located object, ClassSymbol symbol) {
        var parts = new ArrayList<Operand.Located>();
        for (var base : symbol.bases()) {
            if (base.fieldIndex() >= 0) {
                parts.add(part(object, base.fieldIndex(), QualType.of(base.symbol())));
            }
        }
        for (var field : symbol.fields()) {
            parts.add(part(object, field.path().getFirst(), field.type()));
        }
        return parts;
    }

    private static Operand.Located part(Operand.Located object, int index, QualType type) {
        var field = ((Type.Struct) object.place().type()).fields().get(index);
        return new Operand.Located(
                new Place.Field(object.place(), field), object.type().part(type), object.position());
    }

    /** Goes on with the same object, which is looked for once. */
    private TypedExpression once(
            Operand.Located object, java.util.function.Function<Operand.Located, TypedExpression> use) {
        var pointer = analysis.conversions.address(object, object.type().readOnly());
        var variable = new Variable("(whole)", pointer.type(), AddressSpace.THREAD);
        var again = new Operand.Located(
                Trees.dereference(Trees.read(variable, object.position())), object.type(), object.position());
        return Trees.with(variable, pointer, use.apply(again));
    }

    private static TypedStatement eachElement(
            Operand.Located target,
            Operand.Located value,
            int length,
            BiFunction<Operand.Located, Operand.Located, TypedExpression> work) {
        var position = target.position();
        var index = new Variable("(index)", Trees.INT, AddressSpace.THREAD);
        var body = work.apply(element(target, index), element(value, index));
        var condition = new TypedExpression.Binary(
                BinaryOperator.LESS,
                Trees.read(index, position),
                Trees.integer(length, position),
                Trees.BOOL,
                position);
        var next = new TypedExpression.Binary(
                BinaryOperator.ADD, Trees.read(index, position), Trees.integer(1, position), Trees.INT, position);
        var step = new TypedExpression.Assign(new Place.OfVariable(index), next, position);
        return new TypedStatement.Block(
                List.of(
                        new TypedStatement.Declare(index, Optional.of(Trees.integer(0, position)), position),
                        new TypedStatement.Loop(
                                Optional.of(condition),
                                new TypedStatement.Evaluate(body, position),
                                Optional.of(step),
                                false,
                                position)),
                position);
    }

    private static Operand.Located element(Operand.Located array, Variable index) {
        var element = ((CppType.Array) array.type().type()).element();
        var place = new Place.Element(
                array.place(), Trees.read(index, array.position()), Lowering.value(element, array.position()), "");
        return new Operand.Located(place, array.type().part(element), array.position());
    }

    private static boolean hasPart(ClassSymbol symbol, Predicate<ClassSymbol> test) {
        return symbol.fields().stream().anyMatch(field -> concerns(field.type(), test))
                || symbol.bases().stream().anyMatch(base -> concerns(QualType.of(base.symbol()), test));
    }

    private static boolean concerns(QualType type, Predicate<ClassSymbol> test) {
        return switch (type.type()) {
            case CppType.Array(var element, var _) -> concerns(element, test);
            case ClassSymbol symbol -> test.test(symbol) || hasPart(symbol, test);
            default -> false;
        };
    }

    private static boolean declaresCopy(ClassSymbol symbol) {
        symbol.demand();
        return symbol.constructors().stream().anyMatch(member -> isCopy(member, symbol));
    }

    private boolean declaresAssignment(ClassSymbol symbol) {
        symbol.demand();
        return symbol.scope().local("operator=") instanceof Symbol.FunctionSet set
                && set.members().stream().anyMatch(member -> isCopyAssignment(member, symbol));
    }

    private boolean isCopyAssignment(Symbol member, ClassSymbol symbol) {
        if (!(member instanceof Symbol.Function function)) {
            return false;
        }
        analysis.functions.signature(function);
        return function.parameters().size() == 1
                && function.parameters().getFirst().referent().type() == symbol;
    }

    /** Whether a constructor takes another object of its class; others like it may take one of another space. */
    static boolean isCopy(Symbol member, ClassSymbol symbol) {
        if (!(member instanceof Symbol.Function function) || function.parameters() == null) {
            return false;
        }
        var parameters = function.declaration().signature().parameters();
        return !parameters.isEmpty()
                && parameters.stream()
                        .skip(1)
                        .allMatch(parameter -> parameter.defaultValue().isPresent())
                && function.parameters().getFirst().type() instanceof CppType.Reference(var referent, var _)
                && referent.type() == symbol;
    }
}
