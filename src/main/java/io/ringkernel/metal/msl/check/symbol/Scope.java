package io.ringkernel.metal.msl.check.symbol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of one namespace, class, template parameter list, function or block; looks outward through its parent. */
public final class Scope {
    public enum Kind {
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
    public Scope(Kind kind, Scope parent, Symbol owner) {
        this.kind = kind;
        this.parent = parent;
        this.owner = owner;
    }

    public Scope block() {
        return new Scope(Kind.BLOCK, this, null);
    }

    public Scope templateParameters() {
        return new Scope(Kind.TEMPLATE, this, null);
    }

    public Kind kind() {
        return kind;
    }

    public Scope parent() {
        return parent;
    }

    public Symbol owner() {
        return owner;
    }

    public List<Symbol.Namespace> directives() {
        return directives;
    }

    /** The symbol declared right here, or null. */
    public Symbol local(String name) {
        return names.get(name);
    }

    /** Declares, replacing what had the name here. */
    public void declare(String name, Symbol symbol) {
        names.put(name, symbol);
    }

    public void forget(String name) {
        names.remove(name);
    }

    public Iterable<Symbol> symbols() {
        return names.values();
    }

    /** The class whose members are in reach without an object, or null. */
    public ClassSymbol enclosingClass() {
        for (var scope = this; scope != null; scope = scope.parent) {
            if (scope.owner instanceof ClassSymbol symbol) {
                return symbol;
            }
        }
        return null;
    }

    public Symbol.Namespace enclosingNamespace() {
        for (var scope = this; scope != null; scope = scope.parent) {
            if (scope.owner instanceof Symbol.Namespace namespace) {
                return namespace;
            }
        }
        throw new IllegalStateException("no namespace around a scope");
    }
}
