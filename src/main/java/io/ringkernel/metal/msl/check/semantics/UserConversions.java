package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Name;
import java.util.ArrayList;
import java.util.List;

/** Conversions that classes define: converting constructors and conversion functions (C++14 [over.best.ics]). */
final class UserConversions {
    private final Analysis analysis;

    UserConversions(Analysis analysis) {
        this.analysis = analysis;
    }

    /** A conversion through a constructor or a conversion function that is not explicit, or null. */
    Conversions.Sequence implicit(Operand from, QualType to) {
        return implicit(from, to, false);
    }

    /** With {@code explicitToo}, as a cast converts. */
    Conversions.Sequence implicit(Operand from, QualType to, boolean explicitToo) {
        if (to.type() instanceof ClassSymbol target) {
            var constructed = byConstructor(from, target, explicitToo);
            if (constructed != null) {
                return constructed;
            }
        }
        return from.type().type() instanceof ClassSymbol source ? byFunction(from, source, to, explicitToo) : null;
    }

    private Conversions.Sequence byConstructor(Operand from, ClassSymbol target, boolean explicitToo) {
        if (!target.isComplete()) {
            return null;
        }
        // A constructor must not convert its own argument through another constructor (C++14 [over.best.ics] 4).
        var usable = analysis.calls.constructors(target, explicitToo, from.position());
        Symbol.Function best = null;
        Overloads.Choice chosen = null;
        var choice = analysis.withoutUserConversions(() -> analysis.overloads.tryResolve(usable, List.of(from)));
        if (choice != null) {
            best = choice.function();
            chosen = choice;
        }
        if (chosen == null) {
            return null;
        }
        var made = chosen;
        return new Conversions.Sequence(
                Conversions.Rank.USER,
                0,
                best,
                () -> analysis.conversions.value(analysis.calls.call(made, from.position())));
    }

    private Conversions.Sequence byFunction(Operand from, ClassSymbol source, QualType to, boolean explicitToo) {
        Conversions.Sequence best = null;
        Conversions.Sequence bestSecond = null;
        for (var member : conversionFunctions(source)) {
            var sequence = through(member, from, to, explicitToo);
            if (sequence == null) {
                continue;
            }
            if (bestSecond == null || sequence.second().compare(bestSecond) < 0) {
                best = sequence.whole();
                bestSecond = sequence.second();
            }
        }
        return best;
    }

    private static List<Symbol> conversionFunctions(ClassSymbol source) {
        source.demand();
        var all = new ArrayList<>(source.conversions());
        source.bases().forEach(base -> all.addAll(conversionFunctions(base.symbol())));
        return all;
    }

    /** The built-in type to which alone a class converts without being asked, or null. */
    QualType onlyConversion(ClassSymbol source) {
        QualType only = null;
        for (var member : conversionFunctions(source)) {
            if (Calls.isExplicit(member)) {
                continue;
            }
            if (!(member instanceof Symbol.Function function)) {
                return null;
            }
            var type = analysis.functions.result(function).referent().unqualified();
            if (only != null && !only.equals(type)) {
                return null;
            }
            only = type;
        }
        return only;
    }

    private record TwoSteps(Conversions.Sequence whole, Conversions.Sequence second) {}

    private TwoSteps through(Symbol member, Operand from, QualType to, boolean explicitToo) {
        if (!explicitToo && Calls.isExplicit(member)) {
            return null;
        }
        if (member instanceof Symbol.FunctionTemplate template) {
            member = conversionInstance(template, to);
        }
        if (!(member instanceof Symbol.Function function)) {
            return null;
        }
        var functions = new Operand.Functions(
                new Symbol.FunctionSet("operator", List.of(function), List.of()),
                from,
                Templates.Explicit.NONE,
                false,
                from.position());
        var choice = analysis.overloads.tryResolve(functions, List.of());
        if (choice == null) {
            return null;
        }
        var result = analysis.functions.result(function).referent().unqualified();
        var stand = new Operand.Value(
                new TypedExpression.Zero(Lowering.value(result, from.position()), from.position()), result);
        var second = analysis.conversions.implicit(stand, to.unqualified(), false);
        if (second == null) {
            return null;
        }
        var whole = new Conversions.Sequence(
                Conversions.Rank.USER,
                second.rank().ordinal(),
                function,
                () -> analysis.conversions
                        .implicit(analysis.calls.call(choice, from.position()), to.unqualified(), false)
                        .apply()
                        .get());
        return new TwoSteps(whole, choice.object().penalty() == 0 ? second : second.penalised(1));
    }

    private Symbol.Function conversionInstance(Symbol.FunctionTemplate template, QualType to) {
        var target = ((Name.Conversion) template.declaration().name().last()).target();
        var binding = new Binding(template.parameters(), template.scope());
        try {
            var deduction = new Deduction(analysis, binding);
            return deduction.type(target, to.unqualified())
                    ? analysis.templates.instance(template, deduction.finish(target.position()))
                    : null;
        } catch (Refusal _) {
            return null;
        }
    }

    /** {@code x.operator T()}: the conversion function by its name. */
    Operand named(Operand object, Name.Conversion name, Scope scope) {
        var target = analysis.types.resolve(name.target(), scope);
        var sequence =
                object.type().type() instanceof ClassSymbol symbol ? byFunction(object, symbol, target, true) : null;
        if (sequence == null) {
            throw Refusal.at(name.position(), "no conversion function to '" + target + "'");
        }
        return new Operand.Functions(
                new Symbol.FunctionSet("operator", List.of(sequence.function()), List.of()),
                object,
                Templates.Explicit.NONE,
                false,
                name.position());
    }

    /** The conversion of an object in a condition: explicit operators count. */
    Conversions.Sequence contextualBool(Operand operand) {
        return implicit(operand, QualType.BOOL, true);
    }
}
