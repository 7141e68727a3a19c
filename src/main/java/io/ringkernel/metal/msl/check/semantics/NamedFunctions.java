package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;

/** Functions that are named and not called: the one of a set that is meant (C++14 [over.over]). */
final class NamedFunctions {
    private final Analysis analysis;

    NamedFunctions(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The one function of a set that has exactly this type, or null. */
    Symbol.Function exact(Operand.Functions functions, CppType.Function wanted) {
        Symbol.Function found = null;
        for (var member : functions.set().members()) {
            var function = exact(member, functions.arguments(), wanted, functions.position());
            if (function != null && (found == null || found.origin() != null)) {
                found = function;
            }
        }
        return found;
    }

    private Symbol.Function exact(
            Symbol member, Templates.Explicit explicit, CppType.Function wanted, SourcePosition position) {
        try {
            var function = switch (member) {
                case Symbol.Function plain -> plain;
                case Symbol.FunctionTemplate template -> {
                    var binding = new Binding(template.parameters(), template.scope());
                    analysis.templateArguments.bindExplicit(binding, explicit.arguments(), explicit.scope(), position);
                    var deduction = new Deduction(analysis, binding);
                    var parameters = template.declaration().signature().parameters();
                    for (int i = 0;
                            i < Math.min(parameters.size(), wanted.parameters().size());
                            i++) {
                        deduction.type(
                                parameters.get(i).type(), wanted.parameters().get(i));
                    }
                    template.declaration()
                            .signature()
                            .result()
                            .ifPresent(type -> deduction.type(type, wanted.result()));
                    yield analysis.templates.instance(template, deduction.finish(position));
                }
                default -> throw new IllegalStateException("no function: " + member.name());
            };
            analysis.functions.signature(function);
            var result = analysis.functions.result(function);
            var same = unqualified(function.parameters()).equals(unqualified(wanted.parameters()))
                    && result.equals(wanted.result());
            return same ? function : null;
        } catch (Refusal _) {
            return null;
        }
    }

    private static List<QualType> unqualified(List<QualType> types) {
        return types.stream().map(QualType::unqualified).toList();
    }

    /** The function that a name means without any call, or null if that is not clear. */
    Symbol.Function only(Operand.Functions functions) {
        var isTemplateId = !functions.arguments().arguments().isEmpty();
        if (functions.object() != null || functions.set().members().size() != 1 && !isTemplateId) {
            return null;
        }
        Symbol.Function only = null;
        for (var member : functions.set().members()) {
            var function = withoutCall(member, functions);
            if (function != null && only != null) {
                return null;
            }
            only = function == null ? only : function;
        }
        return only;
    }

    private Symbol.Function withoutCall(Symbol member, Operand.Functions functions) {
        if (member instanceof Symbol.Function function) {
            analysis.functions.signature(function);
            return functions.arguments().arguments().isEmpty() ? function : null;
        }
        try {
            return analysis.overloads.deduce(
                    (Symbol.FunctionTemplate) member, functions.arguments(), List.of(), functions.position());
        } catch (Refusal _) {
            return null;
        }
    }
}
