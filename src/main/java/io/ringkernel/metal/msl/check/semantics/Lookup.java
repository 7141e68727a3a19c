package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.Library;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what names mean: outward through scopes, into namespaces and classes, and in the standard library. */
final class Lookup {
    /**
     * What a name means, with the template arguments that a function or its template was named with.
     *
     * @param member how the class in which it was found reaches it; null outside of classes
     */
    record Found(Symbol symbol, Optional<Templates.Explicit> arguments, Member member) {}

    /**
     * A member and the way to it: the bases to go through from {@code from}.
     *
     * @param rival another member of the name that is as near, or the same one by another way; null if there is none
     */
    record Member(Symbol symbol, ClassSymbol from, List<ClassSymbol.Base> path, Member rival) {
        Member(Symbol symbol, ClassSymbol from) {
            this(symbol, from, List.of(), null);
        }

        ClassSymbol owner() {
            return path.isEmpty() ? from : path.getLast().symbol();
        }

        Member through(ClassSymbol derived, ClassSymbol.Base base) {
            var longer = new ArrayList<ClassSymbol.Base>();
            longer.add(base);
            longer.addAll(path);
            return new Member(symbol, derived, longer, rival);
        }
    }

    private final Analysis analysis;
    private final Map<String, Symbol.FunctionSet> library = new HashMap<>();

    Lookup(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The nearest meaning of an identifier, or null. */
    Found unqualified(String name, Scope from) {
        for (var scope = from; scope != null; scope = scope.parent()) {
            if (scope.owner() instanceof ClassSymbol symbol) {
                var member = member(symbol, name);
                if (member != null) {
                    return new Found(member.symbol(), Optional.empty(), member);
                }
            } else {
                var symbol = here(scope, name);
                if (symbol != null) {
                    return new Found(symbol, Optional.empty(), null);
                }
            }
        }
        var symbol = NativeTypes.find(name, analysis.version);
        return symbol == null ? null : new Found(symbol, Optional.empty(), null);
    }

    /** Whether a variable's function is around the class or lambda expression in which the name of it stands. */
    static boolean isOfEnclosingFunction(Symbol.Object object, Scope from) {
        boolean leftClass = false;
        for (var scope = from; scope != null; scope = scope.parent()) {
            if (scope.owner() instanceof ClassSymbol) {
                leftClass = true;
            } else if (scope.local(object.name()) == object) {
                return leftClass && scope.kind() == Scope.Kind.BLOCK;
            }
        }
        return false;
    }

    /** The nearest class or enumeration of a name, hidden by a variable or function or not; null if there is none. */
    Symbol tag(Name name, Scope from) {
        var text = name.last().text();
        if (!(name.last() instanceof Name.Identifier)) {
            return null;
        }
        if (name.isQualified()) {
            var container = container(new Name(name.position(), name.global(), name.qualifiers()), from);
            return switch (container) {
                case Symbol.Namespace namespace -> namespace.scope().tag(text);
                case ClassSymbol symbol -> symbol.scope().tag(text);
                default -> null;
            };
        }
        for (var scope = from; scope != null; scope = scope.parent()) {
            var symbol = scope.tag(text);
            if (symbol != null || scope.local(text) != null && typeOf(scope.local(text)) != null) {
                return symbol;
            }
        }
        return null;
    }

    /** A symbol of a scope or of the namespaces that it uses. */
    private Symbol here(Scope scope, String name) {
        var symbol = scope.local(name);
        if (scope.owner() instanceof Symbol.Namespace namespace) {
            symbol = merge(symbol, inLibrary(namespace, name));
        }
        if (scope.directives().isEmpty()) {
            return symbol;
        }
        Set<Symbol.Namespace> seen = new LinkedHashSet<>();
        collect(scope.directives(), seen);
        for (var namespace : seen) {
            symbol = merge(symbol, namespace.scope().local(name));
            symbol = merge(symbol, inLibrary(namespace, name));
        }
        return symbol;
    }

    private static void collect(List<Symbol.Namespace> directives, Set<Symbol.Namespace> seen) {
        for (var namespace : directives) {
            if (seen.add(namespace)) {
                collect(namespace.scope().directives(), seen);
            }
        }
    }

    private Symbol inLibrary(Symbol.Namespace namespace, String name) {
        if (namespace.library() == null) {
            return null;
        }
        var set = library.computeIfAbsent(
                namespace.library() + name, full -> new Symbol.FunctionSet(name, List.of(), builtins(full)));
        if (!set.builtins().isEmpty()) {
            return set;
        }
        return namespace.library().isEmpty() ? NativeTypes.find(name, analysis.version) : null;
    }

    private List<Builtin> builtins(String name) {
        return Library.overloads(name, analysis.version.macroValue());
    }

    private static Symbol merge(Symbol first, Symbol second) {
        if (first == null) {
            return second;
        }
        if (second == null || first == second) {
            return first;
        }
        if (first instanceof Symbol.FunctionSet a && second instanceof Symbol.FunctionSet b) {
            var members = new ArrayList<>(a.members());
            b.members().stream().filter(member -> !members.contains(member)).forEach(members::add);
            var builtins = new LinkedHashSet<>(a.builtins());
            builtins.addAll(b.builtins());
            return new Symbol.FunctionSet(a.name(), members, List.copyOf(builtins));
        }
        return first;
    }

    /** A member of a class or its bases, or null. */
    Member member(ClassSymbol symbol, String name) {
        symbol.demand();
        var own = symbol.scope().local(name);
        if (own != null) {
            return new Member(own, symbol);
        }
        Member first = null;
        for (var base : symbol.bases()) {
            var found = member(base.symbol(), name);
            var inherited = found == null ? null : found.through(symbol, base);
            if (first == null) {
                first = inherited;
            } else if (inherited != null && first.rival() == null && areRivals(first, inherited)) {
                first = new Member(first.symbol(), symbol, first.path(), inherited);
            }
        }
        return first;
    }

    /** Two ways to one member are fine if it needs no object (C++14 [class.member.lookup] 8). */
    private static boolean areRivals(Member first, Member second) {
        return first.symbol() != second.symbol() || needsObject(first.symbol());
    }

    private static boolean needsObject(Symbol member) {
        return member instanceof Symbol.Field
                || member instanceof Symbol.FunctionSet set
                        && set.members().stream()
                                .anyMatch(each -> !(each instanceof Symbol.Function function) || function.isMethod());
    }

    /** What a name means behind a namespace: what that uses counts only if it has none itself. */
    Symbol inNamespace(Symbol.Namespace namespace, String name) {
        var own = merge(namespace.scope().local(name), inLibrary(namespace, name));
        return own == null ? here(namespace.scope(), name) : own;
    }

    /** What a qualified or unqualified name means; refuses unknown ones. */
    Found resolve(Name name, Scope scope) {
        return resolve(name, scope, scope);
    }

    /** The class or namespace that a definition outside of it names, whoever may use that. */
    Symbol container(Name name, Scope scope) {
        return name.segments().isEmpty()
                ? analysis.global
                : resolve(name, scope, null).symbol();
    }

    private Found resolve(Name name, Scope scope, Scope user) {
        var found = tryResolve(name, scope, user);
        if (found == null) {
            throw analysis.unknownNames.unknown(name, scope);
        }
        if (found.symbol() instanceof Symbol.Invalid) {
            throw Refusal.silent(name.position());
        }
        return found;
    }

    Symbol.Namespace namespace(Name name, Scope scope, SourcePosition position) {
        var found = tryResolve(name, scope);
        if (found != null && found.symbol() instanceof Symbol.Namespace namespace) {
            return namespace;
        }
        throw UnknownNames.isMissing(name) || analysis.unknownNames.isNotIncluded(name, scope)
                ? analysis.unknownNames.unknown(name, scope)
                : Refusal.at(position, "no namespace named '" + name.text() + "'");
    }

    /** As {@link #resolve}, but null for an unknown name. */
    Found tryResolve(Name name, Scope scope) {
        return tryResolve(name, scope, scope);
    }

    /** The user is where the code stands that must be allowed to use what it names; null for no such check. */
    private Found tryResolve(Name name, Scope scope, Scope user) {
        Found found = null;
        for (int i = 0; i < name.segments().size(); i++) {
            var segment = name.segments().get(i);
            if (segment instanceof Name.DecltypeScope(var _, var expression)) {
                found = new Found(typeSymbol(analysis.types.decltype(expression, scope)), Optional.empty(), null);
                continue;
            }
            var text = segment instanceof Name.Conversion ? "operator" : segment.text();
            if (i == 0) {
                found = name.global()
                        ? global(text)
                        : first(text, scope, name.segments().size() > 1);
            } else {
                found = inside(found.symbol(), text, segment.position());
            }
            if (found == null) {
                return null;
            }
            if (found.member() != null && user != null) {
                AccessRules.check(found.member(), text, user, segment.position());
            }
            if (segment instanceof Name.TemplateId(var _, var _, var arguments)) {
                found = analysis.templates.named(found, arguments, scope, segment.position());
            }
        }
        return found;
    }

    /** Before {@code ::} only namespaces, types and templates are looked for (C++14 [basic.lookup.qual] 1). */
    private Found first(String text, Scope scope, boolean qualifies) {
        var found = unqualified(text, scope);
        if (qualifies && found != null && !mayQualify(found.symbol())) {
            for (var outer = scope; outer != null; outer = outer.parent()) {
                var symbol = outer.tag(text) == null ? here(outer, text) : outer.tag(text);
                if (symbol != null && mayQualify(symbol)) {
                    return new Found(symbol, Optional.empty(), null);
                }
            }
        }
        return found;
    }

    private static boolean mayQualify(Symbol symbol) {
        return switch (symbol) {
            case Symbol.Object _,
                    Symbol.LazyObject _,
                    Symbol.ObjectPack _,
                    Symbol.Field _,
                    Symbol.Enumerator _,
                    Symbol.FunctionBinding _,
                    Symbol.FunctionSet _ -> false;
            default -> true;
        };
    }

    private Found global(String text) {
        var symbol = inNamespace(analysis.global, text);
        if (symbol == null) {
            symbol = NativeTypes.find(text, analysis.version);
        }
        return symbol == null ? null : new Found(symbol, Optional.empty(), null);
    }

    private Found inside(Symbol container, String name, SourcePosition position) {
        switch (container) {
            case Symbol.Namespace namespace -> {
                var symbol = inNamespace(namespace, name);
                return symbol == null ? null : new Found(symbol, Optional.empty(), null);
            }
            case Symbol.TypeName(var _, var type)
            when type.type() instanceof Symbol symbol -> {
                return inside(symbol, name, position);
            }
            case ClassSymbol symbol -> {
                if (!symbol.isComplete() && symbol.scope().local(name) == null) {
                    throw Refusal.at(position, "incomplete type '" + symbol + "' named in nested name specifier");
                }
                var member = member(symbol, name);
                return member == null ? null : new Found(member.symbol(), Optional.empty(), member);
            }
            case EnumSymbol symbol -> {
                var enumerator = symbol.scope().local(name);
                return enumerator instanceof Symbol.Enumerator value && value.type() == symbol
                        ? new Found(value, Optional.empty(), null)
                        : null;
            }
            case Symbol.TypeName(var _, var type) ->
                throw Refusal.at(
                        position, "type '" + type + "' cannot be used prior to '::' because it has no members");
            case Symbol.ClassTemplate template ->
                throw Refusal.at(position, "'" + template.name() + "' is not a class, namespace, or enumeration");
            case Symbol.Invalid _ -> throw Refusal.silent(position);
            default ->
                throw Refusal.at(position, "'" + container.name() + "' is not a class, namespace, or enumeration");
        }
    }

    static Symbol typeSymbol(QualType type) {
        return new Symbol.TypeName(type.toString(), type);
    }

    /** The type that a symbol names, or null. */
    static QualType typeOf(Symbol symbol) {
        return switch (symbol) {
            case Symbol.TypeName(var _, var type) -> type;
            case ClassSymbol type -> QualType.of(type);
            case EnumSymbol type -> QualType.of(type);
            default -> null;
        };
    }
}
