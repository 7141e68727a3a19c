package io.ringkernel.metal.msl.check.semantics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of one namespace, class, template parameter list, function or block; looks outward through its parent. */
final class Scope {
    enum Kind {
        NAMESPACE,
        CLASS,
        TEMPLATE,
        BLOCK
    }

    private final Kind kind;
    private final Scope parent;
    private final Symbol owner;
    private final Map<String, Symbol> names = new HashMap<>();
    private final List<Symbol.Namespace> directives = new ArrayList<>();

    /** {@code owner} is the namespace or class that the names belong to, else null. */
    Scope(Kind kind, Scope parent, Symbol owner) {
        this.kind = kind;
        this.parent = parent;
        this.owner = owner;
    }

    Scope block() {
        return new Scope(Kind.BLOCK, this, null);
    }

    Scope templateParameters() {
        return new Scope(Kind.TEMPLATE, this, null);
    }

    Kind kind() {
        return kind;
    }

    Scope parent() {
        return parent;
    }

    Symbol owner() {
        return owner;
    }

    List<Symbol.Namespace> directives() {
        return directives;
    }

    /** The symbol declared right here, or null. */
    Symbol local(String name) {
        return names.get(name);
    }

    /** Declares, replacing what had the name here. */
    void declare(String name, Symbol symbol) {
        names.put(name, symbol);
    }

    void forget(String name) {
        names.remove(name);
    }

    Iterable<Symbol> symbols() {
        return names.values();
    }

    /** The class whose members are in reach without an object, or null. */
    ClassSymbol enclosingClass() {
        for (var scope = this; scope != null; scope = scope.parent) {
            if (scope.owner instanceof ClassSymbol symbol) {
                return symbol;
            }
        }
        return null;
    }

    Symbol.Namespace enclosingNamespace() {
        for (var scope = this; scope != null; scope = scope.parent) {
            if (scope.owner instanceof Symbol.Namespace namespace) {
                return namespace;
            }
        }
        throw new IllegalStateException("no namespace around a scope");
    }
}
