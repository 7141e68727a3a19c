package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Members of classes and of class templates, and functions of namespaces, that are templates and defined elsewhere. */
final class OutsideDefinitions {
    private final Analysis analysis;

    OutsideDefinitions(Analysis analysis) {
        this.analysis = analysis;
    }

    private static boolean hasBody(Symbol.FunctionTemplate template) {
        return template.definition() != null
                || !(template.declaration().body() instanceof Declaration.FunctionBody.None);
    }

    /** Keeps a template's definition, and gives it to the instances that were made before. */
    static void define(Symbol.FunctionTemplate template, Symbol.FunctionDefinition definition) {
        if (hasBody(template)) {
            throw Refusal.at(definition.declaration().position(), "redefinition of '" + template.name() + "'")
                    .note(template.declaration().position(), "previous definition is here");
        }
        template.define(definition);
        template.instances().values().forEach(instance -> Templates.define(instance, definition));
    }

    /** A function template whose name says where it was declared: in a class, a template of them, or a namespace. */
    void outside(Declaration.Template template, Declaration.Function function, Scope scope) {
        var name = function.name();
        if (name.qualifiers().stream().anyMatch(Name.TemplateId.class::isInstance)) {
            memberOfTemplate(template, function, scope);
            return;
        }
        var container = analysis.lookup.container(new Name(name.position(), name.global(), name.qualifiers()), scope);
        var type = Lookup.typeOf(container);
        var members = type != null && type.type() instanceof ClassSymbol owner
                ? members(owner, function)
                : container instanceof Symbol.Namespace namespace
                                && namespace.scope().local(name.last().text()) instanceof Symbol.FunctionSet set
                        ? set.members()
                        : List.<Symbol>of();
        var shape = new SameSignature.Template(List.of(template.parameters()), function);
        var known = declared(members, List.of(), shape)
                .orElseThrow(() -> Refusal.at(
                        function.position(),
                        "out-of-line definition of '" + name.last().text() + "' does not match any declaration in '"
                                + container.name() + "'"));
        define(known, new Symbol.FunctionDefinition(template.parameters(), function, Map.of()));
    }

    /** The functions of a class that a declaration like this one can be about. */
    static List<Symbol> members(ClassSymbol owner, Declaration.Function function) {
        owner.demand();
        return switch (function.kind()) {
            case CONSTRUCTOR -> owner.constructors();
            case CONVERSION -> owner.conversions();
            default ->
                owner.scope().local(function.name().last().text()) instanceof Symbol.FunctionSet set
                        ? set.members()
                        : List.of();
        };
    }

    private static Optional<Symbol.FunctionTemplate> declared(
            List<Symbol> members, List<List<TemplateParameter>> around, SameSignature.Template shape) {
        return members.stream()
                .filter(Symbol.FunctionTemplate.class::isInstance)
                .map(Symbol.FunctionTemplate.class::cast)
                .filter(known -> {
                    var parameters = new ArrayList<>(around);
                    parameters.add(known.parameters());
                    return SameSignature.of(new SameSignature.Template(parameters, known.declaration()), shape);
                })
                .findFirst();
    }

    private static Name nameOf(Declaration member) {
        return switch (member) {
            case Declaration.Function function -> function.name();
            case Declaration.Variable variable -> variable.name();
            default ->
                throw Refusal.unsupported(member.position(), "a member template of this kind outside of its class");
        };
    }

    /** {@code template <typename T> void S<T>::f() {…}}: kept until an instance has such a member. */
    void memberOfTemplate(Declaration.Template template, Declaration member, Scope scope) {
        var name = nameOf(member);
        if (name.segments().size() == 1) {
            throw Refusal.at(
                    member.position(), "too many template parameter lists in declaration of '" + name.text() + "'");
        }
        int depth = templateDepth(name);
        var container = new Name(name.position(), name.global(), name.segments().subList(0, depth + 1));
        analysis.templateDeclarations
                .classTemplate(container, container.last().text(), scope)
                .memberDefinitions()
                .add(template);
    }

    /** Which part of a name has the template arguments. */
    private static int templateDepth(Name name) {
        int depth = 0;
        while (!(name.segments().get(depth) instanceof Name.TemplateId)
                && depth < name.segments().size() - 2) {
            depth++;
        }
        return depth;
    }

    /** Gives the members of an instance the definitions that stand outside of their template. */
    void defineMembers(ClassSymbol symbol) {
        for (var template : symbol.origin().memberDefinitions()) {
            if (template.parameters().size() != symbol.arguments().size()) {
                continue;
            }
            switch (template.declaration()) {
                case Declaration.Function function -> method(symbol, template.parameters(), function);
                case Declaration.Template(var _, var parameters, Declaration.Function function) ->
                    methodTemplate(symbol, template.parameters(), parameters, function);
                default -> {}
            }
        }
    }

    /** The class of an instance that a member's name leads to: that itself, or one nested in it. */
    private static ClassSymbol owner(ClassSymbol instance, Name name) {
        var owner = instance;
        for (var segment : name.qualifiers()
                .subList(templateDepth(name) + 1, name.qualifiers().size())) {
            if (!(owner.scope().local(segment.text()) instanceof ClassSymbol inner)) {
                throw Refusal.at(segment.position(), "no class named '" + segment.text() + "' in '" + owner + "'");
            }
            owner = inner;
        }
        return owner;
    }

    private static Map<String, TemplateArgument> names(ClassSymbol symbol, List<TemplateParameter> parameters) {
        var names = new HashMap<String, TemplateArgument>();
        for (int i = 0; i < parameters.size(); i++) {
            var argument = symbol.arguments().get(i);
            parameters.get(i).name().ifPresent(name -> names.put(name, argument));
        }
        return names;
    }

    private void method(ClassSymbol symbol, List<TemplateParameter> parameters, Declaration.Function definition) {
        var owner = owner(symbol, definition.name());
        // The definition names the template's parameters in its own way, around the scope of the class.
        var scope = owner.scope().templateParameters();
        names(symbol, parameters).forEach((name, argument) -> scope.declare(name, PackExpansion.bind(name, argument)));
        var shape = new Symbol.Function(definition.name().last().text(), definition, scope, owner);
        analysis.functions.signature(shape);
        for (var member : members(owner, definition)) {
            if (member instanceof Symbol.Function function
                    && !function.hasDefinition()
                    && Declarations.sameParameters(function, shape)) {
                function.redeclare(Parameters.merge(function.declaration(), definition), scope);
            }
        }
    }

    private static void methodTemplate(
            ClassSymbol symbol,
            List<TemplateParameter> around,
            List<TemplateParameter> parameters,
            Declaration.Function definition) {
        var owner = owner(symbol, definition.name());
        var shape = new SameSignature.Template(List.of(around, parameters), definition);
        declared(members(owner, definition), List.of(symbol.origin().parameters()), shape)
                .ifPresent(known ->
                        define(known, new Symbol.FunctionDefinition(parameters, definition, names(symbol, around))));
    }
}
