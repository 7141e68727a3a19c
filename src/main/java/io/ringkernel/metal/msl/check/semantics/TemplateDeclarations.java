package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Templates as they are declared, specialised and explicitly instantiated. */
final class TemplateDeclarations {
    private final Analysis analysis;
    private final Set<Symbol.Function> instantiated = new HashSet<>();

    TemplateDeclarations(Analysis analysis) {
        this.analysis = analysis;
    }

    void declare(Declaration.Template template, Scope scope) {
        switch (template.declaration()) {
            case Declaration.Function function -> function(template, function, scope, null);
            case Declaration.Struct struct -> struct(template.parameters(), struct, scope);
            case Declaration.TypeAlias alias ->
                scope.declare(
                        alias.name(),
                        new Symbol.AliasTemplate(alias.name(), template.parameters(), alias.type(), scope));
            case Declaration.Variable variable -> variable(template.parameters(), variable, scope);
            case Declaration.Template inner ->
                analysis.outsideDefinitions.memberOfTemplate(template, inner.declaration(), scope);
            case Declaration.Friend _ -> {}
            default -> throw Refusal.at(template.declaration().position(), "this declaration cannot be a template");
        }
    }

    /** Declares a function template in a namespace, or in a class if {@code owner} is not null. */
    Symbol.FunctionTemplate function(
            Declaration.Template template, Declaration.Function function, Scope scope, ClassSymbol owner) {
        Declarations.checkSpecifiers(function);
        if (function.name().isQualified()) {
            analysis.outsideDefinitions.outside(template, function, scope);
            return null;
        }
        if (function.modifiers().functionType().isPresent() && !analysis.version.isAtLeast(LanguageVersion.METAL_2_2)) {
            throw Refusal.at(
                    function.position(),
                    function.modifiers().functionType().get().keyword()
                            + " templates require Metal language standard macos-metal2.2 or higher");
        }
        var name = function.kind() == Declaration.FunctionKind.CONVERSION
                ? "operator"
                : function.name().last().text();
        Parameters.requireTrailingDefaults(function);
        var made = new Symbol.FunctionTemplate(name, template.parameters(), function, scope, owner);
        if (owner != null) {
            return made;
        }
        var set = Declarations.functionSet(name, scope, function.position());
        var known = redeclared(set, made);
        if (known == null) {
            set.members().add(made);
            analysis.templateNames.add(made);
            return made;
        }
        if (!(function.body() instanceof Declaration.FunctionBody.None)) {
            OutsideDefinitions.define(known, new Symbol.FunctionDefinition(template.parameters(), function, Map.of()));
        }
        return known;
    }

    private static SameSignature.Template signature(Symbol.FunctionTemplate template) {
        return new SameSignature.Template(List.of(template.parameters()), template.declaration());
    }

    private static Symbol.FunctionTemplate redeclared(Symbol.FunctionSet set, Symbol.FunctionTemplate made) {
        for (var member : set.members()) {
            if (member instanceof Symbol.FunctionTemplate known
                    && SameSignature.of(signature(known), signature(made))) {
                return known;
            }
        }
        return null;
    }

    void struct(List<TemplateParameter> parameters, Declaration.Struct struct, Scope scope) {
        var name = struct.name().orElseThrow(() -> Refusal.at(struct.position(), "a template needs a name"));
        if (name.last() instanceof Name.TemplateId(var _, String text, var patterns)) {
            var template = classTemplate(name, text, scope);
            template.specialisations().add(new Symbol.Specialisation(parameters, patterns, struct, scope));
            return;
        }
        var text = name.last().text();
        if (scope.local(text) instanceof Symbol.ClassTemplate known) {
            if (struct.definition().isPresent()) {
                if (known.declaration().definition().isPresent()) {
                    throw Refusal.at(struct.position(), "redefinition of '" + text + "'");
                }
                known.define(struct, merged(known.parameters(), parameters));
            }
            return;
        }
        scope.declare(text, new Symbol.ClassTemplate(text, parameters, struct, scope));
    }

    /** Defaults may stand in an earlier declaration. */
    private static List<TemplateParameter> merged(List<TemplateParameter> declared, List<TemplateParameter> defined) {
        return defined.size() == declared.size() && hasDefaults(declared) && !hasDefaults(defined)
                ? withDefaults(declared, defined)
                : defined;
    }

    private static List<TemplateParameter> withDefaults(
            List<TemplateParameter> declared, List<TemplateParameter> defined) {
        var result = new ArrayList<TemplateParameter>();
        for (int i = 0; i < defined.size(); i++) {
            result.add(
                    defined.get(i) instanceof TemplateParameter.OfType(var position, var name, boolean pack, var _)
                                    && declared.get(i) instanceof TemplateParameter.OfType known
                            ? new TemplateParameter.OfType(position, name, pack, known.defaultType())
                            : defined.get(i));
        }
        return result;
    }

    private static boolean hasDefaults(List<TemplateParameter> parameters) {
        return parameters.stream()
                .anyMatch(p -> p instanceof TemplateParameter.OfType type
                        && type.defaultType().isPresent());
    }

    Symbol.ClassTemplate classTemplate(Name name, String text, Scope scope) {
        var found = analysis.lookup.resolve(name.withoutArguments(), scope);
        if (found.symbol() instanceof Symbol.ClassTemplate template) {
            return template;
        }
        throw Refusal.at(name.position(), "explicit specialization of non-template '" + text + "'");
    }

    void variable(List<TemplateParameter> parameters, Declaration.Variable variable, Scope scope) {
        if (variable.name().last() instanceof Name.TemplateId(var _, String text, var patterns)) {
            if (analysis.lookup.unqualified(text, scope) instanceof Lookup.Found found
                    && found.symbol() instanceof Symbol.VariableTemplate template) {
                template.specialisations().add(new Symbol.Specialisation(parameters, patterns, variable, scope));
                return;
            }
            throw Refusal.at(variable.position(), "no variable template matches specialization");
        }
        if (variable.name().isQualified()) {
            return;
        }
        var name = variable.name().last().text();
        scope.declare(
                name,
                new Symbol.VariableTemplate(name, parameters, variable, scope, new ArrayList<>(), new HashMap<>()));
    }

    void specialise(Declaration declaration, Scope scope) {
        switch (declaration) {
            case Declaration.Struct struct -> struct(List.of(), struct, scope);
            case Declaration.Variable variable -> variable(List.of(), variable, scope);
            case Declaration.Function function -> specialiseFunction(function, scope);
            default -> throw Refusal.at(declaration.position(), "this declaration cannot be specialised");
        }
    }

    private void specialiseFunction(Declaration.Function function, Scope scope) {
        if (function.name().isQualified()
                && function.name().qualifiers().stream().anyMatch(segment -> segment instanceof Name.TemplateId)) {
            analysis.declarations.memberDefinition(function, scope);
            return;
        }
        var made = new Symbol.Function(function.name().last().text(), function, scope, null);
        analysis.functions.signature(made);
        var match = match(function, made, scope);
        made.instanceOf(match.template(), match.arguments());
        made.markSpecialisation();
        var known = match.template().instances().get(match.arguments());
        if (known != null && known.isSpecialisation()) {
            if (known.hasDefinition() && made.hasDefinition()) {
                throw Refusal.at(function.position(), "redefinition of '" + made.name() + "'")
                        .note(known.declaration().position(), "previous definition is here");
            }
            known.redeclare(Parameters.merge(known.declaration(), function), scope);
            return;
        }
        if (known != null && known.typed() != null) {
            throw Refusal.at(
                    function.position(), "explicit specialization of '" + made.name() + "' after instantiation");
        }
        match.template().instances().put(match.arguments(), made);
        if (made.hasDefinition()) {
            analysis.functions.typed(made);
        }
    }

    private record Match(
            Symbol.FunctionTemplate template, List<TemplateArgument> arguments, Symbol.Function instance) {}

    /** The template, and its arguments, of which a declaration is a specialisation or an instance. */
    private Match match(Declaration.Function function, Symbol.Function shape, Scope scope) {
        var name = function.name();
        var found = analysis.lookup.resolve(name.withoutArguments(), scope);
        List<Argument> explicit =
                name.last() instanceof Name.TemplateId(var _, var _, var arguments) ? arguments : List.of();
        var members = found.symbol() instanceof Symbol.FunctionSet set ? set.members() : List.<Symbol>of();
        for (var member : members) {
            var match = member instanceof Symbol.FunctionTemplate template
                    ? match(template, explicit, shape, scope, function.position())
                    : null;
            if (match != null) {
                return match;
            }
        }
        throw Refusal.at(
                function.position(),
                "no function template matches function template specialization '"
                        + name.last().text() + "'");
    }

    private Match match(
            Symbol.FunctionTemplate template,
            List<Argument> explicit,
            Symbol.Function shape,
            Scope scope,
            SourcePosition position) {
        try {
            var binding = new Binding(template.parameters(), template.scope());
            if (analysis.templateArguments.bindExplicit(binding, explicit, scope, position) >= 0) {
                return null;
            }
            var deduction = new Deduction(analysis, binding);
            var parameters = template.declaration().signature().parameters();
            if (shape.parameters().size() != parameters.size()
                    && parameters.stream().noneMatch(p -> p.pack())) {
                return null;
            }
            var result = template.declaration().signature().result();
            if (result.isPresent() && shape.result() != null && !deduction.type(result.get(), shape.result())) {
                return null;
            }
            for (int i = 0; i < Math.min(parameters.size(), shape.parameters().size()); i++) {
                if (!deduction.type(parameters.get(i).type(), shape.parameters().get(i))) {
                    return null;
                }
            }
            var finished = deduction.finish(position);
            // Made aside: the template's own instance must not exist before its specialisation.
            var trial = new Symbol.Function(template.name(), template.declaration(), finished.scope(), null);
            analysis.functions.signature(trial);
            var isSameResult = trial.result() == null
                    || shape.result() == null
                    || trial.result().equals(shape.result());
            return isSameResult && Declarations.sameParameters(trial, shape)
                    ? new Match(template, finished.arguments(), trial)
                    : null;
        } catch (Refusal _) {
            return null;
        }
    }

    /** {@code template kernel void k<float>(…);} and {@code template kernel decltype(k<float>) k<float>;}. */
    void instantiate(Declaration declaration, Scope scope) {
        switch (declaration) {
            case Declaration.Function function -> {
                var shape = new Symbol.Function(function.name().last().text(), function, scope, null);
                analysis.functions.signature(shape);
                var match = match(function, shape, scope);
                instantiated(match.template(), match.arguments(), function.modifiers(), function.position());
            }
            case Declaration.Variable(var position, Name name, var _, var modifiers, var _)
            when name.last() instanceof Name.TemplateId(var _, var _, var arguments) -> {
                var found = analysis.lookup.resolve(name.withoutArguments(), scope);
                if (!(found.symbol() instanceof Symbol.FunctionSet set)) {
                    throw Refusal.at(position, "'" + name.last().text() + "' is not a function template");
                }
                var candidates = set.members().stream()
                        .filter(member -> member instanceof Symbol.FunctionTemplate)
                        .map(Symbol.FunctionTemplate.class::cast)
                        .toList();
                Refusal last = Refusal.at(
                        position, "no function template named '" + name.last().text() + "'");
                for (var template : candidates) {
                    try {
                        var bound = analysis.templateArguments.convert(
                                template.parameters(), arguments, scope, template.scope(), position);
                        instantiated(template, bound, modifiers, position);
                        return;
                    } catch (Refusal refusal) {
                        last = refusal;
                    }
                }
                throw last;
            }
            case Declaration.Struct struct
            when struct.name().isPresent() ->
                analysis.types.resolve(
                        new TypeSyntax.Named(struct.position(), struct.name().get(), false), scope);
            default ->
                throw Refusal.at(declaration.position(), "explicit instantiation of this declaration is not possible");
        }
    }

    private void instantiated(
            Symbol.FunctionTemplate template,
            List<TemplateArgument> arguments,
            io.ringkernel.metal.msl.syntax.Modifiers modifiers,
            SourcePosition position) {
        var binding = Binding.of(template.parameters(), template.scope(), arguments);
        var function = analysis.templates.instance(template, binding);
        if (!instantiated.add(function)) {
            throw Refusal.at(position, "duplicate explicit instantiation of '" + function.fullName() + "'");
        }
        analysis.functions.typed(function);
        if (template.declaration()
                .modifiers()
                .functionType()
                .or(modifiers::functionType)
                .isPresent()) {
            analysis.libraryFunctions.instance(function, modifiers, position);
        }
    }
}
