package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Instances of templates: arguments are matched with parameters, the right specialisation is chosen, one of each is
 * made.
 */
final class Templates {
    /** Template arguments as written, and where; the empty ones of a plain name. */
    record Explicit(List<Argument> arguments, Scope scope) {
        static final Explicit NONE = new Explicit(List.of(), null);
    }

    private static final int DEPTH_LIMIT = 1024;

    private final Analysis analysis;
    private int depth;

    Templates(Analysis analysis) {
        this.analysis = analysis;
    }

    /** What a template-id means: an instance, or functions with explicit arguments. */
    Lookup.Found named(Lookup.Found found, List<Argument> arguments, Scope scope, SourcePosition position) {
        var symbol = switch (found.symbol()) {
            case Symbol.FunctionSet set -> {
                yield set;
            }
            case Symbol.NativeTemplate template ->
                Lookup.typeSymbol(NativeTypes.instance(
                        template, analysis.templateArguments.loose(arguments, scope), analysis.version, position));
            case Symbol.ClassTemplate template ->
                instance(
                        template,
                        analysis.templateArguments.convert(
                                template.parameters(), arguments, scope, template.scope(), position));
            case Symbol.AliasTemplate template -> alias(template, arguments, scope, position);
            case Symbol.VariableTemplate template ->
                variable(
                        template,
                        analysis.templateArguments.convert(
                                template.parameters(), arguments, scope, template.scope(), position));
            case ClassSymbol instance
            when instance.origin() != null ->
                instance(
                        instance.origin(),
                        analysis.templateArguments.convert(
                                instance.origin().parameters(),
                                arguments,
                                scope,
                                instance.origin().scope(),
                                position));
            default -> throw Refusal.at(position, "'" + found.symbol().name() + "' is not a template");
        };
        var explicit = symbol instanceof Symbol.FunctionSet
                ? Optional.of(new Explicit(arguments, scope))
                : Optional.<Explicit>empty();
        return new Lookup.Found(symbol, explicit, found.member());
    }

    /**
     * The class around {@code scope} that is an instance of the template, else an instance by defaults alone, or null.
     */
    QualType injectedOrDefault(Symbol.ClassTemplate template, Scope scope, SourcePosition position) {
        for (var s = scope; s != null; s = s.parent()) {
            if (s.owner() instanceof ClassSymbol symbol && symbol.origin() == template) {
                return QualType.of(symbol);
            }
        }
        return null;
    }

    private QualType aliasType(Symbol.AliasTemplate template, List<TemplateArgument> arguments) {
        var binding = Binding.of(template.parameters(), template.scope(), arguments);
        return analysis.types.resolve(template.type(), binding.scope());
    }

    private Symbol alias(
            Symbol.AliasTemplate template, List<Argument> arguments, Scope scope, SourcePosition position) {
        var bound =
                analysis.templateArguments.convert(template.parameters(), arguments, scope, template.scope(), position);
        return Lookup.typeSymbol(aliasType(template, bound));
    }

    /** The instance of a class template for these arguments; it is completed when its members are needed. */
    ClassSymbol instance(Symbol.ClassTemplate template, List<TemplateArgument> arguments) {
        var known = template.instances().get(arguments);
        if (known != null) {
            return known;
        }
        var chosen = analysis.specialisations.choose(
                template.specialisations(), template.parameters(), template.scope(), arguments);
        var declaration = (Declaration.Struct) (chosen == null ? template.declaration() : chosen.declaration());
        var scope = chosen == null
                ? Binding.of(template.parameters(), template.scope(), arguments).scope()
                : chosen.scope();
        var name = template.name() + "<" + new TemplateArgument.Pack(arguments) + ">";
        analysis.requireName(name, declaration.position());
        var symbol = new ClassSymbol(name, declaration.key(), scope, declaration.position());
        symbol.instanceOf(template, arguments);
        template.instances().put(arguments, symbol);
        analysis.noteInstance(symbol, declaration.position());
        symbol.completeWith(instance -> {
            var current = chosen == null ? template.declaration() : declaration;
            if (current.definition().isPresent()) {
                nest(declaration.position(), () -> analysis.classes.complete(instance, current));
            }
        });
        return symbol;
    }

    /** Runs an instantiation, and refuses endless ones. */
    void nest(SourcePosition position, Runnable instantiation) {
        if (++depth > DEPTH_LIMIT) {
            depth = 0;
            throw analysis.diagnostics.fatal(
                    position, "recursive template instantiation exceeded maximum depth of " + DEPTH_LIMIT);
        }
        try {
            instantiation.run();
        } finally {
            depth = Math.max(0, depth - 1);
        }
    }

    static List<TemplateArgument> flatten(List<TemplateArgument> arguments) {
        var flat = new ArrayList<TemplateArgument>();
        for (var argument : arguments) {
            if (argument instanceof TemplateArgument.Pack(var elements)) {
                flat.addAll(elements);
            } else {
                flat.add(argument);
            }
        }
        return flat;
    }

    /** The instance of a variable template. */
    Symbol variable(Symbol.VariableTemplate template, List<TemplateArgument> arguments) {
        var known = template.instances().get(arguments);
        if (known != null) {
            return known;
        }
        var intrinsic = TypeTraits.evaluate(analysis, template.name(), arguments);
        if (intrinsic != null) {
            var value = new TemplateArgument.OfValue(QualType.of(ScalarType.BOOL), intrinsic ? 1 : 0);
            var symbol = new Symbol.Value(template.name(), value);
            template.instances().put(arguments, symbol);
            return symbol;
        }
        var chosen = analysis.specialisations.choose(
                template.specialisations(), template.parameters(), template.scope(), arguments);
        var scope = chosen == null
                ? Binding.of(template.parameters(), template.scope(), arguments).scope()
                : chosen.scope();
        var declaration = (Declaration.Variable) (chosen == null ? template.declaration() : chosen.declaration());
        var symbol = analysis.globals.declare(declaration, scope);
        template.instances().put(arguments, symbol);
        return symbol;
    }

    /** The instance of a function template; refuses arguments for which the signature makes no sense. */
    Symbol.Function instance(Symbol.FunctionTemplate template, Binding binding) {
        var arguments = binding.arguments();
        var known = template.instances().get(arguments);
        if (known != null) {
            return known;
        }
        var function = new Symbol.Function(template.name(), template.declaration(), binding.scope(), template.owner());
        function.instanceOf(template, arguments);
        nest(template.declaration().position(), () -> analysis.functions.signature(function));
        define(function, template.definition());
        template.instances().put(arguments, function);
        analysis.noteInstance(function, template.declaration().position());
        return function;
    }

    /** Gives an instance the body from a definition apart from its declaration; nothing if that is null. */
    static void define(Symbol.Function instance, Symbol.FunctionDefinition definition) {
        if (definition == null || instance.hasDefinition()) {
            return;
        }
        var scope = instance.scope().templateParameters();
        definition.around().forEach((name, argument) -> scope.declare(name, PackExpansion.bind(name, argument)));
        for (int i = 0; i < definition.parameters().size(); i++) {
            var argument = instance.arguments().get(i);
            definition
                    .parameters()
                    .get(i)
                    .name()
                    .ifPresent(name -> scope.declare(name, PackExpansion.bind(name, argument)));
        }
        instance.redeclare(Parameters.merge(instance.declaration(), definition.declaration()), scope);
    }
}
