package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import java.util.List;

/** Chooses among the specialisations of a class or variable template (C++14 [temp.class.spec.match]). */
final class Specialisations {
    private final Analysis analysis;

    Specialisations(Analysis analysis) {
        this.analysis = analysis;
    }

    /** A specialisation that matches, with the scope that binds its own parameters. */
    record Chosen(Symbol.Specialisation specialisation, Scope scope) {
        Declaration declaration() {
            return specialisation.declaration();
        }
    }

    /** The most special one that matches, or null if the template itself is meant. */
    Chosen choose(
            List<Symbol.Specialisation> specialisations,
            List<TemplateParameter> primary,
            Scope primaryScope,
            List<TemplateArgument> arguments) {
        Chosen best = null;
        for (var candidate : specialisations) {
            var scope = matches(candidate, primary, primaryScope, arguments);
            if (scope == null) {
                continue;
            }
            if (best == null || moreSpecialised(candidate, best.specialisation(), primary, primaryScope)) {
                best = new Chosen(candidate, scope);
            }
        }
        return best;
    }

    private Scope matches(
            Symbol.Specialisation candidate,
            List<TemplateParameter> primary,
            Scope primaryScope,
            List<TemplateArgument> arguments) {
        try {
            var deduction = new Deduction(analysis, new Binding(candidate.parameters(), candidate.scope()));
            if (!deduction.arguments(candidate.patterns(), Templates.flatten(arguments))) {
                return null;
            }
            var position = candidate.declaration().position();
            var binding = deduction.finish(position);
            var verified = analysis.templateArguments.convert(
                    primary, candidate.patterns(), binding.scope(), primaryScope, position);
            return verified.equals(arguments) ? binding.scope() : null;
        } catch (Refusal _) {
            return null;
        }
    }

    private boolean moreSpecialised(
            Symbol.Specialisation first,
            Symbol.Specialisation second,
            List<TemplateParameter> primary,
            Scope primaryScope) {
        return accepts(second, first, primary, primaryScope) && !accepts(first, second, primary, primaryScope);
    }

    /** Whether {@code general} matches whatever {@code special} can be. */
    private boolean accepts(
            Symbol.Specialisation general,
            Symbol.Specialisation special,
            List<TemplateParameter> primary,
            Scope primaryScope) {
        try {
            var unique = TemplateOrder.unique(new Binding(special.parameters(), special.scope()));
            var arguments = analysis.templateArguments.convert(
                    primary,
                    special.patterns(),
                    unique.scope(),
                    primaryScope,
                    special.declaration().position());
            return matches(general, primary, primaryScope, arguments) != null;
        } catch (Refusal _) {
            return false;
        }
    }
}
