package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;

/** Arguments of templates as written to what parameters stand for; defaults fill them up. */
final class TemplateArguments {
    private final Analysis analysis;

    TemplateArguments(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Arguments of a built-in template: types and integers, whatever was declared. */
    List<TemplateArgument> loose(List<Argument> arguments, Scope scope) {
        var result = new ArrayList<TemplateArgument>();
        for (var item : expand(arguments, scope)) {
            var type = typeArgument(item);
            result.add(type != null ? new TemplateArgument.OfType(type) : value(expression(item), item.scope(), null));
        }
        return result;
    }

    private record Item(Argument argument, Scope scope) {}

    private List<Item> expand(List<Argument> arguments, Scope scope) {
        var items = new ArrayList<Item>();
        for (var argument : arguments) {
            switch (argument) {
                case Argument.OfType(var position, TypeSyntax.PackExpansion(var _, var pattern)) ->
                    analysis.packs
                            .scopes(pattern, scope)
                            .forEach(element -> items.add(new Item(new Argument.OfType(position, pattern), element)));
                case Argument.OfExpression(var position, Expression.PackExpansion(var _, var pattern)) ->
                    analysis.packs
                            .scopes(pattern, scope)
                            .forEach(element ->
                                    items.add(new Item(new Argument.OfExpression(position, pattern), element)));
                default -> items.add(new Item(argument, scope));
            }
        }
        return items;
    }

    private static Expression expression(Item item) {
        return switch (item.argument()) {
            case Argument.OfExpression(var _, var expression) -> expression;
            case Argument.OfType(var position, TypeSyntax.Named(var _, var name, var _)) ->
                new Expression.NameUse(position, name);
            case Argument.OfType(var position, var _) ->
                throw Refusal.at(position, "template argument for non-type template parameter must be an expression");
        };
    }

    /** The type that an argument is, or null if it is a value. */
    private QualType typeArgument(Item item) {
        return switch (item.argument()) {
            case Argument.OfType(var _, TypeSyntax.Named(var _, var name, var _)) -> {
                var found = analysis.lookup.tryResolve(name, item.scope());
                if (found != null && Lookup.typeOf(found.symbol()) == null && !isTemplate(found.symbol())) {
                    yield null;
                }
                yield analysis.types.resolve(((Argument.OfType) item.argument()).type(), item.scope());
            }
            case Argument.OfType(var _, var type) -> analysis.types.resolve(type, item.scope());
            case Argument.OfExpression(var _, Expression.NameUse(var _, var name)) -> {
                var found = analysis.lookup.tryResolve(name, item.scope());
                yield found == null ? null : Lookup.typeOf(found.symbol());
            }
            case Argument.OfExpression _ -> null;
        };
    }

    private static boolean isTemplate(Symbol symbol) {
        return symbol instanceof Symbol.ClassTemplate
                || symbol instanceof Symbol.AliasTemplate
                || symbol instanceof Symbol.NativeTemplate;
    }

    /** One argument per parameter, defaults filled in. */
    List<TemplateArgument> convert(
            List<TemplateParameter> parameters,
            List<Argument> arguments,
            Scope scope,
            Scope templateScope,
            SourcePosition position) {
        var binding = new Binding(parameters, templateScope);
        int used = bindExplicit(binding, arguments, scope, position);
        if (used >= 0) {
            throw Refusal.at(position, "too many template arguments");
        }
        fillDefaults(binding, position);
        return binding.arguments();
    }

    /** Binds parameters to arguments in order as far as those go; returns the index of the first excess one, or -1. */
    int bindExplicit(Binding binding, List<Argument> arguments, Scope scope, SourcePosition position) {
        var items = expand(arguments, scope);
        int next = 0;
        for (int i = 0; i < binding.parameters().size() && next < items.size(); i++) {
            var parameter = binding.parameters().get(i);
            if (parameter.pack()) {
                var elements = new ArrayList<TemplateArgument>();
                while (next < items.size()) {
                    elements.add(argument(parameter, items.get(next++), binding.scope()));
                }
                binding.bind(i, new TemplateArgument.Pack(elements));
            } else {
                binding.bind(i, argument(parameter, items.get(next++), binding.scope()));
            }
        }
        return next < items.size() ? next : -1;
    }

    /** Binds what is unbound to its default, or a pack to nothing; refuses what has none. */
    void fillDefaults(Binding binding, SourcePosition position) {
        for (int i = 0; i < binding.parameters().size(); i++) {
            if (binding.argument(i) != null) {
                continue;
            }
            var parameter = binding.parameters().get(i);
            var item = defaultArgument(parameter, binding.scope());
            if (parameter.pack()) {
                binding.bind(i, new TemplateArgument.Pack(List.of()));
            } else if (item == null) {
                throw Refusal.at(
                        position,
                        "couldn't infer template argument '" + parameter.name().orElse("(unnamed)") + "'");
            } else {
                binding.bind(i, argument(parameter, item, binding.scope()));
            }
        }
    }

    private static Item defaultArgument(TemplateParameter parameter, Scope scope) {
        return switch (parameter) {
            case TemplateParameter.OfType type ->
                type.defaultType()
                        .map(t -> new Item(new Argument.OfType(t.position(), t), scope))
                        .orElse(null);
            case TemplateParameter.OfValue(var _, Parameter value) ->
                value.defaultValue()
                        .map(e -> new Item(new Argument.OfExpression(e.position(), e), scope))
                        .orElse(null);
            case TemplateParameter.OfTemplate template ->
                template.defaultTemplate()
                        .map(n -> new Item(
                                new Argument.OfType(n.position(), new TypeSyntax.Named(n.position(), n, false)), scope))
                        .orElse(null);
        };
    }

    private TemplateArgument argument(TemplateParameter parameter, Item item, Scope binding) {
        switch (parameter) {
            case TemplateParameter.OfType _ -> {
                var type = typeArgument(item);
                if (type == null) {
                    throw Refusal.at(
                            item.argument().position(), "template argument for template type parameter must be a type");
                }
                return new TemplateArgument.OfType(type);
            }
            case TemplateParameter.OfValue(var _, Parameter value) -> {
                var type = isAuto(value.type()) ? null : analysis.types.parameter(value.type(), binding);
                return value(expression(item), item.scope(), type);
            }
            case TemplateParameter.OfTemplate template -> {
                if (item.argument() instanceof Argument.OfType(var _, TypeSyntax.Named(var _, Name name, var _))) {
                    var found = analysis.lookup.resolve(name, item.scope());
                    if (isTemplate(found.symbol())) {
                        return new TemplateArgument.OfTemplate(found.symbol());
                    }
                }
                throw Refusal.at(
                        item.argument().position(),
                        "template argument for template template parameter must be a class template");
            }
        }
    }

    private static boolean isAuto(TypeSyntax syntax) {
        return syntax instanceof TypeSyntax.Auto
                || syntax instanceof TypeSyntax.Qualified(var _, var inner, var _) && isAuto(inner);
    }

    /** A value argument converted to its parameter's type; null takes the expression's own. */
    private TemplateArgument value(Expression expression, Scope scope, QualType wanted) {
        var operand = analysis.expressions.check(expression, scope);
        if (wanted != null && wanted.isFunctionPointer()) {
            return function(operand, wanted, expression.position());
        }
        if (operand instanceof Operand.Functions functions) {
            var only = analysis.namedFunctions.only(functions);
            if (only != null) {
                return new TemplateArgument.OfFunction(only);
            }
        }
        if (wanted == null && operand.type() == null) {
            throw Refusal.at(expression.position(), "a template argument cannot be a set of functions");
        }
        var type = (wanted == null ? operand.type() : wanted).unqualified();
        if (type.isArithmetic() && type.scalar().isFloating()) {
            throw Refusal.at(expression.position(), "a non-type template parameter cannot have type '" + type + "'");
        }
        if (operand.type() != null && operand.type().type() instanceof CppType.Pointer
                || !(type.type() instanceof CppType.Scalar || type.type() instanceof EnumSymbol)) {
            throw Refusal.unsupported(expression.position(), "a template argument of type '" + type + "'");
        }
        var sequence = analysis.conversions.implicit(operand, type);
        if (sequence == null) {
            throw Refusal.at(
                    expression.position(),
                    "value of type " + Operators.quoted(operand) + " is not implicitly convertible to "
                            + type.quoted());
        }
        if (wanted != null && operand.type() != null) {
            Narrowing.check(operand, analysis, type);
        }
        if (!(analysis.evaluator.evaluate(sequence.apply().get()) instanceof Long bits)) {
            throw Refusal.at(expression.position(), "non-type template argument is not a constant expression");
        }
        return new TemplateArgument.OfValue(type, bits);
    }

    private TemplateArgument function(Operand operand, QualType wanted, SourcePosition position) {
        var sequence = analysis.conversions.implicit(operand, wanted);
        if (sequence == null || sequence.function() == null) {
            throw Refusal.at(position, "template argument is not a function of type " + wanted.quoted());
        }
        return new TemplateArgument.OfFunction(sequence.function());
    }
}
