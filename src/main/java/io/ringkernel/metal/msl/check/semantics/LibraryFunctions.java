package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.LibraryFunction;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.FunctionType;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.Modifiers;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that the host finds by name: what may be one, and which name that is (MSL specification, section 5.1). */
final class LibraryFunctions {
    private final Analysis analysis;
    private final Map<String, LibraryFunction> functions = new LinkedHashMap<>();

    LibraryFunctions(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Those that are declared so far, each as its own declaration says. */
    List<LibraryFunction> declared() {
        return List.copyOf(functions.values());
    }

    /** All of them, once every body is checked. */
    List<LibraryFunction> all() {
        return functions.values().stream()
                .map(function -> function instanceof Kernel kernel ? analysis.programInputs.complete(kernel) : function)
                .toList();
    }

    /** Takes a function that is no template; one that the host cannot ask for is left alone. */
    void declare(Symbol.Function function) {
        var modifiers = function.declaration().modifiers();
        if (modifiers.functionType().isPresent() && function.hasDefinition()) {
            checkAttribute(modifiers);
            add(function, modifiers, function.declaration().position());
        }
    }

    private void checkAttribute(Modifiers modifiers) {
        for (var type : FunctionType.values()) {
            modifiers.attribute(type.keyword()).ifPresent(attribute -> require(attribute, since(type)));
        }
        modifiers.attribute("stitchable").ifPresent(attribute -> require(attribute, LanguageVersion.METAL_2_4));
    }

    private static LanguageVersion since(FunctionType type) {
        return type == FunctionType.MESH || type == FunctionType.OBJECT
                ? LanguageVersion.METAL_3_0
                : LanguageVersion.METAL_2_3;
    }

    private void require(Attribute attribute, LanguageVersion version) {
        if (!analysis.version.isAtLeast(version)) {
            throw Refusal.at(
                    attribute.position(),
                    "'" + attribute.name() + "' attribute requires Metal language standard macos-" + version
                            + " or higher");
        }
    }

    /** Takes an explicit instantiation of a template of such functions; its own attributes come first. */
    void instance(Symbol.Function function, Modifiers instantiation, SourcePosition position) {
        checkAttribute(function.declaration().modifiers());
        checkAttribute(instantiation);
        var attributes = new ArrayList<>(instantiation.attributes());
        attributes.addAll(function.declaration().modifiers().attributes());
        var specifiers = new EnumMap<Modifiers.Specifier, SourcePosition>(Modifiers.Specifier.class);
        specifiers.putAll(function.declaration().modifiers().specifiers());
        specifiers.putAll(instantiation.specifiers());
        add(function, new Modifiers(specifiers, attributes), position);
    }

    private void add(Symbol.Function function, Modifiers modifiers, SourcePosition position) {
        var type = modifiers.functionType().orElseThrow();
        var name = hostName(function, modifiers);
        if (functions.containsKey(name)) {
            throw Refusal.at(position, "a function named '" + name + "' exists already in the library");
        }
        functions.put(
                name,
                switch (type) {
                    case KERNEL -> kernel(name, function, modifiers, position);
                    case VISIBLE -> new LibraryFunction.Visible(name, analysis.functions.typed(function));
                    default -> {
                        new GraphicsFunction(analysis, function, type).check(position);
                        analysis.functions.typed(function);
                        yield new LibraryFunction.Graphics(name, type);
                    }
                });
    }

    private Kernel kernel(String name, Symbol.Function function, Modifiers modifiers, SourcePosition position) {
        var result = analysis.functions.result(function);
        if (!result.isVoid()) {
            throw Refusal.at(position, "invalid return type " + result.quoted() + " for kernel function");
        }
        var typed = analysis.functions.typed(function);
        var parameters = new KernelParameters(analysis, function).check();
        return new Kernel(name, typed, parameters, limit(modifiers, function.scope()));
    }

    private String hostName(Symbol.Function function, Modifiers modifiers) {
        var attribute = modifiers.attribute("host_name");
        if (attribute.isEmpty()) {
            return function.scope().enclosingNamespace().qualify(function.name())
                    + (function.arguments().isEmpty()
                            ? ""
                            : "<" + new TemplateArgument.Pack(function.arguments()) + ">");
        }
        require(attribute.get(), LanguageVersion.METAL_2_2);
        if (attribute.get().arguments().size() == 1
                && attribute.get().arguments().getFirst()
                        instanceof Argument.OfExpression(var _, Expression.StringLiteral(var _, String value))) {
            return value;
        }
        throw Refusal.at(attribute.get().position(), "'host_name' attribute requires a string");
    }

    private int limit(Modifiers modifiers, Scope scope) {
        var attribute = modifiers.attribute("max_total_threads_per_threadgroup");
        if (attribute.isEmpty()) {
            return 0;
        }
        long value = analysis.globals.integer(attribute.get(), scope);
        // Whether a device allows that many is asked when a pipeline is made.
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw Refusal.at(
                    attribute.get().position(),
                    "'max_total_threads_per_threadgroup' attribute parameter is out of bounds: "
                            + "must be between 1 and " + Integer.MAX_VALUE);
        }
        return (int) value;
    }
}
