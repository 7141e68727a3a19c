package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.check.constant.ConstantArithmetic;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Deduces template arguments by matching types as written against types as known (C++14 [temp.deduct]). Names that are
 * no template parameters match anything: the conversion of the arguments, or a second look, decides about them.
 */
final class Deduction {
    private final Analysis analysis;
    private final Binding binding;
    private final boolean[] explicit;

    /** What {@code binding} has bound already stays. */
    Deduction(Analysis analysis, Binding binding) {
        this.analysis = analysis;
        this.binding = binding;
        this.explicit = new boolean[binding.parameters().size()];
        for (int i = 0; i < explicit.length; i++) {
            explicit[i] = binding.argument(i) != null;
        }
    }

    /** Binds the rest to defaults. */
    Binding finish(SourcePosition position) {
        analysis.templateArguments.fillDefaults(binding, position);
        normaliseValues();
        return binding;
    }

    /** Gives deduced values the types of their parameters. */
    private void normaliseValues() {
        for (int i = 0; i < explicit.length; i++) {
            if (!explicit[i]
                    && binding.parameters().get(i) instanceof TemplateParameter.OfValue(var _, Parameter parameter)
                    && binding.argument(i) instanceof TemplateArgument.OfValue(var type, long bits)
                    && !(parameter.type() instanceof TypeSyntax.Auto)) {
                var wanted = analysis.types
                        .parameter(parameter.type(), binding.scope())
                        .unqualified();
                if (!wanted.equals(type) && wanted.scalar() != null && type.scalar() != null) {
                    var converted = ConstantArithmetic.convert(type.scalar(), wanted.scalar(), bits);
                    binding.bind(i, new TemplateArgument.OfValue(wanted, converted));
                }
            }
        }
    }

    /** Matches the parameters of a function with the arguments of a call. */
    boolean call(List<Parameter> parameters, List<Operand> arguments) {
        int next = 0;
        for (var parameter : parameters) {
            if (parameter.pack()) {
                return pack(parameter.type(), arguments.subList(next, arguments.size()));
            }
            if (next >= arguments.size()) {
                return true;
            }
            if (!argument(parameter.type(), arguments.get(next++))) {
                return false;
            }
        }
        return true;
    }

    private boolean pack(TypeSyntax pattern, List<Operand> arguments) {
        int index = packIndex(pattern);
        if (index < 0 || explicit[index] && binding.argument(index) != null) {
            return true;
        }
        var elements = new ArrayList<TemplateArgument>();
        for (var argument : arguments) {
            binding.unbind(index);
            if (!argument(pattern, argument) || binding.argument(index) == null) {
                return false;
            }
            elements.add(binding.argument(index));
        }
        binding.bind(index, new TemplateArgument.Pack(elements));
        return true;
    }

    private int packIndex(TypeSyntax pattern) {
        return switch (pattern) {
            case TypeSyntax.Named(var _, Name name, var _) ->
                name.isSimple() ? binding.index(name.last().text()) : packIndexOfArguments(name);
            case TypeSyntax.Qualified(var _, var inner, var _) -> packIndex(inner);
            case TypeSyntax.Pointer(var _, var inner) -> packIndex(inner);
            case TypeSyntax.Reference(var _, var inner, var _) -> packIndex(inner);
            default -> -1;
        };
    }

    private int packIndexOfArguments(Name name) {
        if (!(name.last() instanceof Name.TemplateId(var _, var _, var arguments))) {
            return -1;
        }
        for (var argument : arguments) {
            int index = argument instanceof Argument.OfType(var _, var type) ? packIndex(type) : -1;
            if (index >= 0 && binding.parameters().get(index).pack()) {
                return index;
            }
        }
        return -1;
    }

    private boolean argument(TypeSyntax pattern, Operand argument) {
        if (argument instanceof Operand.Braces braces) {
            return braces(pattern, braces);
        }
        if (argument instanceof Operand.Functions functions) {
            return functionArgument(pattern, functions);
        }
        if (pattern instanceof TypeSyntax.Reference(var _, var referent, boolean rvalue)) {
            var type = argument.type();
            if (argument instanceof Operand.Located located) {
                type = type.space() == null ? type.withSpace(AddressSpace.THREAD) : type;
                if (rvalue && !located.expiring() && isParameter(referent)) {
                    return type(referent, QualType.of(new CppType.Reference(type, false)));
                }
            }
            return type(referent, type);
        }
        return type(pattern, analysis.conversions.decay(argument).type().unqualified());
    }

    /** Braces say something about a parameter only if that is an initializer list. */
    private boolean braces(TypeSyntax pattern, Operand.Braces braces) {
        return switch (pattern) {
            case TypeSyntax.Reference(var _, var referent, var _) -> braces(referent, braces);
            case TypeSyntax.Qualified(var _, var inner, var _) -> braces(inner, braces);
            case TypeSyntax.Named(var _, Name name, var _)
            when name.last() instanceof Name.TemplateId(var _, var _, var arguments) && isList(name) -> {
                for (var element : analysis.lists.elements(braces)) {
                    var type = analysis.conversions.decay(element).type();
                    if (type != null
                            && !templateArgument(
                                    arguments.getFirst(), new TemplateArgument.OfType(type.unqualified()))) {
                        yield false;
                    }
                }
                yield true;
            }
            default -> true;
        };
    }

    private boolean isList(Name name) {
        var found = analysis.lookup.tryResolve(name.withoutArguments(), binding.scope());
        return found != null && analysis.lists.isTemplate(found.symbol());
    }

    private boolean functionArgument(TypeSyntax pattern, Operand.Functions functions) {
        var only = analysis.namedFunctions.only(functions);
        if (only == null) {
            return true;
        }
        analysis.functions.signature(only);
        var function = QualType.of(new CppType.Function(only.result(), only.parameters()));
        return pattern instanceof TypeSyntax.Reference(var _, var referent, var _)
                ? type(referent, function)
                : type(pattern, QualType.pointerTo(function));
    }

    private boolean isParameter(TypeSyntax syntax) {
        return syntax instanceof TypeSyntax.Named(var _, Name name, var _)
                        && name.isSimple()
                        && binding.index(name.last().text()) >= 0
                || syntax instanceof TypeSyntax.Auto;
    }

    /** Matches a type as written with a known one. */
    boolean type(TypeSyntax pattern, QualType actual) {
        return switch (pattern) {
            case TypeSyntax.Auto _ -> bindType(binding.index(TypeResolver.AUTO), actual);
            case TypeSyntax.Named(var _, Name name, var _) -> named(name, actual);
            case TypeSyntax.Qualified(var _, var inner, var qualifiers) -> qualified(inner, qualifiers, actual);
            case TypeSyntax.Pointer(var _, var pointee) ->
                actual.type() instanceof CppType.Pointer(var target) ? type(pointee, target) : !mentions(pointee);
            case TypeSyntax.Reference(var _, var referent, var _) ->
                actual.type() instanceof CppType.Reference(var target, var _) && type(referent, target);
            case TypeSyntax.Array(var _, var element, var size) -> {
                if (!(actual.type() instanceof CppType.Array(var known, int length))) {
                    yield actual.type() instanceof CppType.Pointer(var target) && arrayParameter(element, target);
                }
                yield type(element, actual.part(known)) && (size.isEmpty() || bindValue(size.get(), length));
            }
            case TypeSyntax.Function(var _, var signature) ->
                actual.type() instanceof CppType.Function function && function(signature, function);
            default -> true;
        };
    }

    /** A parameter that is written as an array is a pointer, into thread memory if it names no space. */
    private boolean arrayParameter(TypeSyntax element, QualType target) {
        if (element instanceof TypeSyntax.Qualified(var _, var _, var qualifiers)
                && Qualifier.addressSpace(qualifiers).isPresent()) {
            return type(element, target);
        }
        return Lowering.space(target) == AddressSpace.THREAD && type(element, target.withSpace(null));
    }

    private boolean mentions(TypeSyntax syntax) {
        return packIndex(syntax) >= 0;
    }

    private boolean function(io.ringkernel.metal.msl.syntax.Signature signature, CppType.Function actual) {
        var patterns = signature.parameters().stream()
                .<Argument>map(parameter -> new Argument.OfType(
                        parameter.position(),
                        parameter.pack()
                                ? new TypeSyntax.PackExpansion(parameter.position(), parameter.type())
                                : parameter.type()))
                .toList();
        var known = actual.parameters().stream()
                .<TemplateArgument>map(TemplateArgument.OfType::new)
                .toList();
        boolean hasPack = signature.parameters().stream().anyMatch(Parameter::pack);
        if (!hasPack && patterns.size() != known.size() || !arguments(patterns, known)) {
            return false;
        }
        return signature.result().isEmpty() || type(signature.result().get(), actual.result());
    }

    private boolean qualified(TypeSyntax inner, Set<Qualifier> qualifiers, QualType actual) {
        var rest = actual;
        var space = Qualifier.addressSpace(qualifiers);
        if (space.isPresent()) {
            if (Lowering.space(actual) != AddressSpace.valueOf(space.get().name())) {
                return false;
            }
            rest = rest.withSpace(null);
            if (space.get() == Qualifier.CONSTANT) {
                rest = rest.withConst(false);
            }
        }
        if (qualifiers.contains(Qualifier.CONST)) {
            rest = rest.withConst(false);
        }
        return type(inner, rest);
    }

    private boolean named(Name name, QualType actual) {
        if (name.isSimple()) {
            int index = binding.index(name.last().text());
            return index < 0 || bindType(index, actual);
        }
        if (!(name.last() instanceof Name.TemplateId(var _, String text, var arguments))) {
            return true;
        }
        int template = name.isQualified() ? -1 : binding.index(text);
        if (template >= 0) {
            var instance = TemplateInstance.of(actual);
            return instance != null
                    && bindArgument(template, new TemplateArgument.OfTemplate(instance.template()))
                    && arguments(arguments, instance.arguments());
        }
        var found = analysis.lookup.tryResolve(name.withoutArguments(), binding.scope());
        return switch (found == null ? null : found.symbol()) {
            case Symbol.NativeTemplate known -> nativeInstance(known.name(), arguments, actual);
            case Symbol.ClassTemplate known -> instance(known, arguments, actual);
            case ClassSymbol known when known.origin() != null -> instance(known.origin(), arguments, actual);
            case Symbol.AliasTemplate known -> alias(known, arguments, actual);
            case null, default -> true;
        };
    }

    /** An alias is what it stands for: its own parameters are deduced first, then matched with its arguments. */
    private boolean alias(Symbol.AliasTemplate template, List<Argument> patterns, QualType actual) {
        var own = new Binding(template.parameters(), template.scope());
        if (!new Deduction(analysis, own).type(template.type(), actual)) {
            return false;
        }
        for (int i = 0; i < own.parameters().size(); i++) {
            if (own.argument(i) instanceof TemplateArgument.Pack(var elements)) {
                return arguments(patterns.subList(Math.min(i, patterns.size()), patterns.size()), elements);
            }
            if (i < patterns.size() && own.argument(i) != null && !templateArgument(patterns.get(i), own.argument(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean instance(Symbol.ClassTemplate template, List<Argument> patterns, QualType actual) {
        if (!(actual.type() instanceof ClassSymbol symbol)) {
            return false;
        }
        if (symbol.origin() == template) {
            return arguments(patterns, Templates.flatten(symbol.arguments()));
        }
        symbol.demand();
        return symbol.bases().stream().anyMatch(base -> instance(template, patterns, QualType.of(base.symbol())));
    }

    private boolean nativeInstance(String template, List<Argument> patterns, QualType actual) {
        var instance = TemplateInstance.of(actual);
        return instance != null
                && instance.template() instanceof Symbol.NativeTemplate(var name)
                && (template.equals(name) || name.equals("atomic") && template.endsWith(name))
                && arguments(patterns, instance.arguments());
    }

    /** Matches template arguments as written with known ones, packs flattened. */
    boolean arguments(List<Argument> patterns, List<TemplateArgument> actual) {
        int next = 0;
        for (var pattern : patterns) {
            if (pattern instanceof Argument.OfType(var _, TypeSyntax.PackExpansion(var _, var inner))) {
                return packArguments(packIndex(inner), new Argument.OfType(pattern.position(), inner), actual, next);
            }
            if (pattern instanceof Argument.OfExpression(var _, Expression.PackExpansion(var _, var inner))) {
                return packArguments(
                        valueIndex(inner), new Argument.OfExpression(pattern.position(), inner), actual, next);
            }
            if (next >= actual.size() || !templateArgument(pattern, actual.get(next++))) {
                return false;
            }
        }
        return next == actual.size() || patterns.size() < actual.size();
    }

    private boolean packArguments(int index, Argument pattern, List<TemplateArgument> actual, int from) {
        if (index < 0) {
            return true;
        }
        var elements = new ArrayList<TemplateArgument>();
        for (var argument : actual.subList(from, actual.size())) {
            binding.unbind(index);
            if (!templateArgument(pattern, argument)) {
                return false;
            }
            elements.add(binding.argument(index));
        }
        binding.bind(index, new TemplateArgument.Pack(elements));
        return true;
    }

    private boolean templateArgument(Argument pattern, TemplateArgument actual) {
        return switch (pattern) {
            case Argument.OfType(var position, TypeSyntax.Named(var _, Name name, var _))
            when name.isSimple() && binding.index(name.last().text()) >= 0 ->
                bindArgument(binding.index(name.last().text()), actual);
            case Argument.OfType(var _, var type) ->
                !(actual instanceof TemplateArgument.OfType(var known)) || type(type, known);
            case Argument.OfExpression(var _, var expression) -> {
                int index = valueIndex(expression);
                yield index < 0 || bindArgument(index, actual);
            }
        };
    }

    private int valueIndex(Expression expression) {
        return expression instanceof Expression.NameUse(var _, Name name) && name.isSimple()
                ? binding.index(name.last().text())
                : -1;
    }

    private boolean bindValue(Expression pattern, int value) {
        int index = valueIndex(pattern);
        return index < 0 || bindArgument(index, new TemplateArgument.OfValue(QualType.INT, value));
    }

    private boolean bindType(int index, QualType type) {
        return index < 0 || bindArgument(index, new TemplateArgument.OfType(type));
    }

    private boolean bindArgument(int index, TemplateArgument argument) {
        var known = binding.argument(index);
        if (known == null) {
            binding.bind(index, argument);
            return true;
        }
        if (known instanceof TemplateArgument.OfValue(var _, long bits)
                && argument instanceof TemplateArgument.OfValue(var _, long other)) {
            return bits == other;
        }
        return known.equals(argument) || explicit[index];
    }
}
