package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import java.util.List;

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
            var binding = unique ? TemplateOrder.unique(fresh) : TemplateOrder.plausible(fresh);
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

    /** A binding to stand-ins that equal nothing else, to compare how general two templates are. */
    static Binding unique(Binding binding) {
        for (int i = 0; i < binding.parameters().size(); i++) {
            var argument = switch (binding.parameters().get(i)) {
                case TemplateParameter.OfType _ -> new TemplateArgument.OfType(QualType.of(new CppType.Unique()));
                case TemplateParameter.OfValue _ -> new TemplateArgument.OfValue(QualType.INT, 0x7ea00000L + i);
                case TemplateParameter.OfTemplate template ->
                    new TemplateArgument.OfTemplate(new Symbol.NativeTemplate("vec"));
            };
            var pack = binding.parameters().get(i).pack();
            binding.bind(i, pack ? new TemplateArgument.Pack(List.of(argument)) : argument);
        }
        return binding;
    }

    /** As {@link #unique}, with stand-ins that are legal where a vector's element or size is meant. */
    static Binding plausible(Binding binding) {
        for (int i = 0; i < binding.parameters().size(); i++) {
            var argument = switch (binding.parameters().get(i)) {
                case TemplateParameter.OfType _ -> new TemplateArgument.OfType(QualType.of(ScalarType.CHAR));
                case TemplateParameter.OfValue _ -> new TemplateArgument.OfValue(QualType.INT, 3);
                case TemplateParameter.OfTemplate template ->
                    new TemplateArgument.OfTemplate(new Symbol.NativeTemplate("vec"));
            };
            var pack = binding.parameters().get(i).pack();
            binding.bind(i, pack ? new TemplateArgument.Pack(List.of(argument)) : argument);
        }
        return binding;
    }
}
