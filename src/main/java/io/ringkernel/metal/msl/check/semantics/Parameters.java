package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Modifiers;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Rules about the parameters of one function and of all its declarations (C++14 [dcl.fct.default]). */
final class Parameters {
    private Parameters() {}

    /** Refuses two parameters of one name. */
    static void requireDistinct(List<Parameter> parameters) {
        var names = new HashSet<String>();
        for (var parameter : parameters) {
            if (parameter.name().isPresent() && !names.add(parameter.name().get())) {
                throw Refusal.at(
                        parameter.position(),
                        "redefinition of parameter '" + parameter.name().get() + "'");
            }
        }
    }

    /** Refuses a parameter without a default argument behind one that has one. */
    static void requireTrailingDefaults(Declaration.Function declaration) {
        var hasDefault = false;
        for (var parameter : declaration.signature().parameters()) {
            if (hasDefault && parameter.defaultValue().isEmpty() && !parameter.pack()) {
                var name = parameter.name().map(text -> " '" + text + "'").orElse("");
                throw Refusal.at(parameter.position(), "missing default argument on parameter" + name);
            }
            hasDefault |= parameter.defaultValue().isPresent();
        }
    }

    /** Refuses an operator function with more or fewer parameters than the operator takes (C++14 [over.oper]). */
    static void requireOperands(Declaration.Function declaration, boolean isMember) {
        if (!(declaration.name().last() instanceof Name.Operator operator)) {
            return;
        }
        var symbol = operator.symbol();
        if (symbol.startsWith("new") || symbol.startsWith("delete")) {
            throw Refusal.at(declaration.position(), "'operator " + symbol + "' is not supported in Metal");
        }
        int operands = declaration.signature().parameters().size()
                + (isMember && !declaration.modifiers().has(Modifiers.Specifier.STATIC) ? 1 : 0);
        boolean fits = switch (symbol) {
            case "()" -> true;
            case "!", "~", "->" -> operands == 1;
            case "+", "-", "*", "&", "++", "--" -> operands == 1 || operands == 2;
            default -> operands == 2;
        };
        var isPacked = declaration.signature().parameters().stream().anyMatch(Parameter::pack);
        if (!fits && !isPacked) {
            throw Refusal.at(
                    declaration.position(),
                    "overloaded 'operator" + symbol + "' has the wrong number of parameters: "
                            + declaration.signature().parameters().size());
        }
    }

    /** What two declarations of one function say together: the body of the one, the default arguments of both. */
    static Declaration.Function merge(Declaration.Function earlier, Declaration.Function later) {
        var base = later.body() instanceof Declaration.FunctionBody.None ? earlier : later;
        var parameters = new ArrayList<Parameter>();
        for (int i = 0; i < base.signature().parameters().size(); i++) {
            var first = earlier.signature().parameters().get(i);
            var second = later.signature().parameters().get(i);
            if (first.defaultValue().isPresent() && second.defaultValue().isPresent()) {
                throw Refusal.at(second.position(), "redefinition of default argument")
                        .note(first.position(), "previous definition is here");
            }
            var one = base.signature().parameters().get(i);
            var value = first.defaultValue().or(second::defaultValue);
            parameters.add(new Parameter(one.position(), one.type(), one.name(), one.modifiers(), value, one.pack()));
        }
        return withParameters(base, parameters);
    }

    private static Declaration.Function withParameters(Declaration.Function function, List<Parameter> parameters) {
        var old = function.signature();
        var signature = new Signature(
                old.result(), parameters, old.variadic(), old.qualifiers(), old.refQualifier(), old.noexcept());
        return new Declaration.Function(
                function.position(),
                function.kind(),
                function.name(),
                signature,
                function.modifiers(),
                function.body());
    }

    static List<String> parameterNames(Symbol.Function function) {
        var parameters = function.declaration().signature().parameters();
        var names = new ArrayList<String>();
        for (int i = 0; i < function.parameters().size(); i++) {
            var parameter = parameters.get(Math.min(i, parameters.size() - 1));
            names.add(parameter.name().orElse("(unnamed)"));
        }
        return names;
    }

    /** The variable of the parameter at an index, or null if a known function is bound to it. */
    static Variable variableAt(Symbol.Function function, int index) {
        var names = parameterNames(function);
        if (function.bound().containsKey(names.get(index))) {
            return null;
        }
        int at = function.isMethod() ? 1 : 0;
        for (int i = 0; i < index; i++) {
            at += function.bound().containsKey(names.get(i)) ? 0 : 1;
        }
        return function.typed().parameters().get(at);
    }
}
