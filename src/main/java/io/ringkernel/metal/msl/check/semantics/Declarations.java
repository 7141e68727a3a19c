package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.FunctionType;
import io.ringkernel.metal.msl.syntax.Modifiers.Specifier;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Declarations in namespaces, and those that classes and blocks share with them, in the order of the source. */
final class Declarations {
    private final Analysis analysis;
    private final Enumerations enumerations;

    Declarations(Analysis analysis) {
        this.analysis = analysis;
        this.enumerations = new Enumerations(analysis);
    }

    /** Declares one after the other; an error ends only its own declaration. */
    void declareAll(List<Declaration> declarations, Scope scope) {
        for (var declaration : declarations) {
            analysis.diagnostics.reach(declaration.position());
            try {
                declare(declaration, scope);
            } catch (Refusal refusal) {
                refusal.reportTo(analysis.diagnostics);
                InvalidNames.invalidate(declaration, scope);
            }
            if (scope.kind() == Scope.Kind.NAMESPACE) {
                analysis.functions.drain();
            }
        }
    }

    void declare(Declaration declaration, Scope scope) {
        ReservedNames.check(declaration, scope);
        switch (declaration) {
            case Declaration.Namespace namespace -> namespace(namespace, scope);
            case Declaration.NamespaceAlias(var position, String name, Name target) ->
                scope.declare(name, analysis.lookup.namespace(target, scope, position));
            case Declaration.UsingDirective(var position, Name name) ->
                scope.directives().add(analysis.lookup.namespace(name, scope, position));
            case Declaration.UsingDeclaration(var _, Name target, var _) -> using(target, scope);
            case Declaration.TypeAlias alias -> {
                var type = analysis.types.resolve(alias.type(), scope);
                requireSameType(alias, type, scope);
                scope.declare(alias.name(), new Symbol.TypeName(alias.name(), type));
            }
            case Declaration.StaticAssert check -> staticAssert(check, scope);
            case Declaration.Linkage(var _, var _, var members) -> declareAll(members, scope);
            case Declaration.Struct struct -> analysis.classes.declare(struct, scope);
            case Declaration.Enum enumeration -> enumerations.declare(enumeration, scope);
            case Declaration.Variable variable -> analysis.globals.declareNamed(variable, scope);
            case Declaration.StructuredBinding binding ->
                throw Refusal.at(binding.position(), "decomposition declaration not allowed at program scope");
            case Declaration.Function function -> function(function, scope);
            case Declaration.Template template -> analysis.templateDeclarations.declare(template, scope);
            case Declaration.ExplicitSpecialization(var _, var inner) ->
                analysis.templateDeclarations.specialise(inner, scope);
            case Declaration.ExplicitInstantiation(var _, var _, var inner) ->
                analysis.templateDeclarations.instantiate(inner, scope);
            case Declaration.Friend friend -> {
                if (scope.kind() != Scope.Kind.CLASS) {
                    throw Refusal.at(friend.position(), "'friend' used outside of class");
                }
            }
            case Declaration.FloatingPointPragma _, Declaration.Empty _ -> {}
            case Declaration.Field field -> throw Refusal.at(field.position(), "a data member belongs into a class");
            case Declaration.TranslationUnit(var _, var members, var _) -> declareAll(members, scope);
        }
    }

    private static void requireSameType(Declaration.TypeAlias alias, QualType type, Scope scope) {
        var known = scope.local(alias.name());
        var before = known == null ? null : Lookup.typeOf(known);
        if (before != null && !before.equals(type)) {
            throw Refusal.at(
                    alias.position(), "typedef redefinition with different types ('" + type + "' vs '" + before + "')");
        }
    }

    private void namespace(Declaration.Namespace namespace, Scope outer) {
        var scope = outer;
        if (namespace.names().isEmpty()) {
            declareAll(namespace.members(), nested("", scope, namespace));
            return;
        }
        for (var name : namespace.names()) {
            scope = nested(name, scope, namespace);
        }
        declareAll(namespace.members(), scope);
    }

    private static Scope nested(String name, Scope outer, Declaration.Namespace declaration) {
        var before = outer.local(name);
        if (before instanceof Symbol.Namespace known) {
            return known.scope();
        }
        if (before != null && !(before instanceof Symbol.Invalid)) {
            throw Refusal.at(declaration.position(), "redefinition of '" + name + "' as different kind of symbol");
        }
        var symbol = namespace(name, outer, null);
        outer.declare(name, symbol);
        if (declaration.inline() || declaration.names().isEmpty()) {
            outer.directives().add(symbol);
        }
        return symbol.scope();
    }

    static Symbol.Namespace namespace(String name, Scope outer, String library) {
        var held = new Scope[1];
        var parent = outer == null ? null : outer.enclosingNamespace();
        var symbol = new Symbol.Namespace(name, parent, held, library);
        held[0] = new Scope(Scope.Kind.NAMESPACE, outer, symbol);
        return symbol;
    }

    private void using(Name target, Scope scope) {
        var name = target.last().text();
        var found = analysis.lookup.resolve(target, scope);
        if (found.symbol() instanceof Symbol.Field) {
            // It is found in the base.
            return;
        }
        if (!(found.symbol() instanceof Symbol.FunctionSet set)) {
            scope.declare(name, found.symbol());
            return;
        }
        var members = new ArrayList<Symbol>();
        if (scope.local(name) instanceof Symbol.FunctionSet own) {
            members.addAll(own.members());
        }
        members.addAll(set.members());
        var user = scope.owner() instanceof ClassSymbol symbol ? symbol : null;
        scope.declare(name, new Symbol.FunctionSet(name, members, set.builtins(), user));
    }

    void staticAssert(Declaration.StaticAssert check, Scope scope) {
        var condition = analysis.conversions.condition(analysis.expressions.check(check.condition(), scope));
        if (!(analysis.evaluator.evaluate(condition) instanceof Long bits)) {
            throw Refusal.at(
                    check.condition().position(), "static_assert expression is not an integral constant expression");
        }
        if (bits == 0) {
            throw Refusal.at(
                    check.position(),
                    "static_assert failed"
                            + check.message().map(m -> " \"" + m + "\"").orElse(""));
        }
    }

    /** {@code struct S} in a type: declares the class if nothing has the name. */
    QualType elaborated(TypeSyntax.Elaborated elaborated, Scope scope) {
        var tag = analysis.lookup.tag(elaborated.name(), scope);
        if (tag != null) {
            return Lookup.typeOf(tag);
        }
        var found = analysis.lookup.tryResolve(elaborated.name(), scope);
        if (found != null && Lookup.typeOf(found.symbol()) != null) {
            return Lookup.typeOf(found.symbol());
        }
        if (elaborated.keyword().equals("enum") || elaborated.name().isQualified()) {
            throw Refusal.at(
                    elaborated.position(),
                    "no " + elaborated.keyword() + " named '"
                            + elaborated.name().text() + "'");
        }
        var key = Declaration.StructKey.valueOf(elaborated.keyword().toUpperCase(Locale.ROOT));
        var name = elaborated.name().last().text();
        var home = scope.enclosingNamespace().scope();
        var symbol = new ClassSymbol(name, key, home, elaborated.position());
        home.declare(name, symbol);
        return QualType.of(symbol);
    }

    private void function(Declaration.Function declaration, Scope scope) {
        checkSpecifiers(declaration);
        if (declaration.modifiers().has(Specifier.FRIEND)) {
            throw Refusal.at(declaration.position(), "'friend' used outside of class");
        }
        if (declaration.name().isQualified()) {
            memberDefinition(declaration, scope);
            return;
        }
        if (declaration.kind() != Declaration.FunctionKind.ORDINARY) {
            throw Refusal.at(declaration.position(), "a type specifier is required for all declarations");
        }
        var name = declaration.name().last().text();
        if (name.equals("main") && scope.owner() == analysis.global) {
            throw Refusal.at(declaration.position(), "'main' is not allowed as the name of a function in Metal");
        }
        var set = functionSet(name, scope, declaration.position());
        var function = new Symbol.Function(name, declaration, scope, null);
        analysis.functions.signature(function);
        requireOperand(function);
        Parameters.requireOperands(declaration, false);
        var merged = merge(set, function);
        analysis.libraryFunctions.declare(merged);
        finish(merged);
    }

    /** The operators of built-in types cannot be overloaded. */
    private static void requireOperand(Symbol.Function function) {
        if (function.name().startsWith("operator")
                && function.parameters().stream().allMatch(Declarations::hasBuiltInOperators)) {
            throw Refusal.at(
                    function.declaration().position(),
                    "overloaded '" + function.name()
                            + "' must have at least one parameter of class or enumeration type");
        }
    }

    private static boolean hasBuiltInOperators(QualType parameter) {
        return switch (parameter.referent().type()) {
            case CppType.Scalar _, CppType.Vector _, CppType.Pointer _ -> true;
            default -> false;
        };
    }

    static void checkSpecifiers(Declaration.Function declaration) {
        if (declaration.modifiers().has(Specifier.VIRTUAL)
                || declaration.body() instanceof Declaration.FunctionBody.Pure) {
            throw Refusal.at(declaration.position(), "'virtual' functions are not supported in Metal");
        }
        for (var specifier : List.of(Specifier.OVERRIDE, Specifier.FINAL)) {
            if (declaration.modifiers().has(specifier)) {
                throw Refusal.at(
                        declaration.position(),
                        "only virtual member functions can be marked '"
                                + specifier.name().toLowerCase(Locale.ROOT) + "'");
            }
        }
        if (declaration.modifiers().has(Specifier.THREAD_LOCAL)) {
            throw Refusal.at(declaration.position(), "'thread_local' is not supported in Metal");
        }
    }

    /** The overload set of a name in a scope, made if there is none. */
    static Symbol.FunctionSet functionSet(String name, Scope scope, SourcePosition position) {
        var known = scope.local(name);
        if (known instanceof Symbol.FunctionSet set) {
            return set;
        }
        if (known != null && !(known instanceof Symbol.Invalid) && known != scope.tag(name)) {
            throw Refusal.at(position, "redefinition of '" + name + "' as different kind of symbol");
        }
        var set = new Symbol.FunctionSet(name);
        scope.declare(name, set);
        return set;
    }

    /** Adds a function to its overloads, or defines the one that was declared before. */
    private Symbol.Function merge(Symbol.FunctionSet set, Symbol.Function function) {
        var position = function.declaration().position();
        for (var member : set.members()) {
            if (!(member instanceof Symbol.Function known) || !sameParameters(known, function)) {
                continue;
            }
            if (!AutoTypes.agreeOnResult(known, function)) {
                throw Refusal.at(position, "functions that differ only in their return type cannot be overloaded");
            }
            if (known.hasDefinition() && function.hasDefinition()) {
                throw Refusal.at(position, "redefinition of '" + set.name() + "'")
                        .note(known.declaration().position(), "previous definition is here");
            }
            known.redeclare(
                    Parameters.merge(known.declaration(), function.declaration()),
                    function.hasDefinition() ? function.scope() : known.scope());
            Parameters.requireTrailingDefaults(known.declaration());
            return known;
        }
        entry(function)
                .or(() -> set.members().stream()
                        .flatMap(member -> entry(member).stream())
                        .findFirst())
                .filter(_ -> !set.members().isEmpty())
                .ifPresent(type -> {
                    throw Refusal.at(position, type.keyword() + " function '" + set.name() + "' cannot be overloaded");
                });
        Parameters.requireTrailingDefaults(function.declaration());
        set.members().add(function);
        return function;
    }

    /** The type of a function that starts a pipeline's stage; empty for others, which calls reach by overload. */
    private static Optional<FunctionType> entry(Symbol member) {
        var type = switch (member) {
            case Symbol.Function function -> function.declaration().modifiers().functionType();
            case Symbol.FunctionTemplate template ->
                template.declaration().modifiers().functionType();
            default -> Optional.<FunctionType>empty();
        };
        return type.filter(each -> each != FunctionType.VISIBLE);
    }

    static boolean sameParameters(Symbol.Function a, Symbol.Function b) {
        var first = a.parameters().stream().map(Declarations::signatureType).toList();
        var second = b.parameters().stream().map(Declarations::signatureType).toList();
        return first.equals(second)
                && Overloads.objectSpace(a) == Overloads.objectSpace(b)
                && Overloads.isConst(a) == Overloads.isConst(b);
    }

    private static QualType signatureType(QualType type) {
        return type.isReference() ? type : type.unqualified();
    }

    /** Has the body of a function that is no template checked, as clang does whether it is used or not. */
    private void finish(Symbol.Function function) {
        var hasBody = function.declaration().body() instanceof Declaration.FunctionBody.Defined;
        var takesFunctions = function.parameters().stream().anyMatch(QualType::isFunctionPointer);
        if (hasBody && !takesFunctions) {
            analysis.functions.typed(function);
        }
    }

    /** {@code void S::f() {…}} or {@code void ns::f() {…}}. */
    void memberDefinition(Declaration.Function declaration, Scope scope) {
        var qualifier = new Name(
                declaration.name().position(),
                declaration.name().global(),
                declaration.name().qualifiers());
        var container = analysis.lookup.container(qualifier, scope);
        var home = Lookup.typeOf(container) instanceof QualType type && type.type() instanceof ClassSymbol symbol
                ? symbol
                : container;
        var inner = switch (home) {
            case ClassSymbol symbol -> symbol.scope();
            case Symbol.Namespace namespace -> namespace.scope();
            default ->
                throw Refusal.at(declaration.position(), "'" + container.name() + "' is not a class or namespace");
        };
        var owner = home instanceof ClassSymbol symbol ? symbol : null;
        var function = new Symbol.Function(declaration.name().last().text(), declaration, inner, owner);
        analysis.functions.signature(function);
        var known = declaredMembers(declaration, inner, owner).stream()
                .filter(member -> member instanceof Symbol.Function candidate && matches(candidate, function))
                .map(Symbol.Function.class::cast)
                .findFirst()
                .orElseThrow(() -> Refusal.at(
                        declaration.position(),
                        "out-of-line definition of '" + function.name() + "' does not match any declaration in "
                                + (container == analysis.global
                                        ? "the global namespace"
                                        : "'" + container.name() + "'")));
        AutoTypes.requireSameDeduction(known.declaration(), declaration);
        known.redeclare(Parameters.merge(known.declaration(), declaration), inner);
        analysis.functions.typed(known);
    }

    private boolean matches(Symbol.Function candidate, Symbol.Function function) {
        analysis.functions.signature(candidate);
        return sameParameters(candidate, function);
    }

    private static List<Symbol> declaredMembers(Declaration.Function declaration, Scope inner, ClassSymbol owner) {
        if (owner != null) {
            owner.demand();
        }
        if (owner != null && declaration.kind() == Declaration.FunctionKind.CONSTRUCTOR) {
            return owner.constructors();
        }
        if (owner != null && declaration.kind() == Declaration.FunctionKind.CONVERSION) {
            return owner.conversions();
        }
        return inner.local(declaration.name().last().text()) instanceof Symbol.FunctionSet set
                ? set.members()
                : List.of();
    }
}
