package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import java.util.Arrays;
import java.util.List;

/** Template parameters and what they stand for so far, with a scope in which the bound ones can be used. */
final class Binding {
    private final List<TemplateParameter> parameters;
    private final TemplateArgument[] arguments;
    private final Scope scope;

    Binding(List<TemplateParameter> parameters, Scope templateScope) {
        this.parameters = parameters;
        this.arguments = new TemplateArgument[parameters.size()];
        this.scope = templateScope.templateParameters();
    }

    /** A binding of all parameters. */
    static Binding of(List<TemplateParameter> parameters, Scope templateScope, List<TemplateArgument> arguments) {
        var binding = new Binding(parameters, templateScope);
        for (int i = 0; i < arguments.size(); i++) {
            binding.bind(i, arguments.get(i));
        }
        return binding;
    }

    List<TemplateParameter> parameters() {
        return parameters;
    }

    Scope scope() {
        return scope;
    }

    TemplateArgument argument(int index) {
        return arguments[index];
    }

    void bind(int index, TemplateArgument argument) {
        arguments[index] = argument;
        parameters.get(index).name().ifPresent(name -> scope.declare(name, PackExpansion.bind(name, argument)));
    }

    void unbind(int index) {
        arguments[index] = null;
    }

    /** The index of the parameter of this name, or -1. */
    int index(String name) {
        for (int i = 0; i < arguments.length; i++) {
            if (parameters.get(i).name().filter(name::equals).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    /** All arguments, once all are bound. */
    List<TemplateArgument> arguments() {
        return List.copyOf(Arrays.asList(arguments));
    }
}
