package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.Symbol;

/** Which of two function templates is more special (C++14 [temp.func.order]). */
final class TemplateOrder {
    private final Analysis analysis;

    TemplateOrder(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Whether {@code general} takes whatever {@code special} does (C++14 [temp.func.order]). */
    boolean isMoreSpecialised(Symbol.FunctionTemplate special, Symbol.FunctionTemplate general) {
        return orders(special, general, true) || orders(special, general, false);
    }

    private boolean orders(Symbol.FunctionTemplate special, Symbol.FunctionTemplate general, boolean unique) {
        var specialParameters = special.declaration().signature().parameters();
        var generalParameters = general.declaration().signature().parameters();
        try {
            var fresh = new Binding(special.parameters(), special.scope());
            var binding = unique ? Deduction.unique(fresh) : Deduction.plausible(fresh);
            var deduction = new Deduction(analysis, new Binding(general.parameters(), general.scope()));
            for (int i = 0; i < Math.min(specialParameters.size(), generalParameters.size()); i++) {
                if (specialParameters.get(i).pack() || generalParameters.get(i).pack()) {
                    break;
                }
                var actual = analysis.types.parameter(specialParameters.get(i).type(), binding.scope());
                var pattern = generalParameters.get(i).type();
                if (pattern
                        instanceof io.ringkernel.metal.msl.syntax.TypeSyntax.Reference(var _, var referent, var _)) {
                    pattern = referent;
                }
                var bare = actual.referent();
                if (!deduction.type(pattern, actual.isReference() ? bare : bare.unqualified())) {
                    return false;
                }
            }
            return true;
        } catch (Refusal _) {
            return false;
        }
    }
}
