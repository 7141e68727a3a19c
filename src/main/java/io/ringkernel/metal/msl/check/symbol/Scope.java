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
    private boolean isControlled;
    private final Scope parent;
    private final Symbol owner;
    private final Map<String, Symbol> names = new HashMap<>();
    private final Map<String, Symbol> hidden = new HashMap<>(0);
    private final List<Symbol.Namespace> directives = new ArrayList<>();

    /** {@code owner} is the namespace or class that the names belong to, else null. */
    public Scope(Kind kind, Scope parent, Symbol owner) {
        this.kind = kind;
        this.parent = parent;
        this.owner = owner;
    }

    /**
     * A block inside. Names are looked for past blocks that have none by now, so that statements may be nested deep:
     * what they declare later is not visible in the new block anyway.
     */
    public Scope block() {
        var outer = this;
        while (outer.kind == Kind.BLOCK && outer.names.isEmpty() && outer.directives.isEmpty()) {
            outer = outer.parent;
        }
        return new Scope(Kind.BLOCK, outer, null);
    }

    /** The block of a statement that another one controls, which may not declare that one's names again. */
    public Scope controlled() {
        var scope = block();
        scope.isControlled = scope.parent == this;
        return scope;
    }

    /** The names that a declaration right here may not take: those here, and of the statement that controls it. */
    public Symbol taken(String name) {
        var own = names.get(name);
        return own == null && isControlled ? parent.names.get(name) : own;
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

    /** Declares, replacing what had the name here; a class or an enumeration is hidden by what is none. */
    public void declare(String name, Symbol symbol) {
        var before = names.get(name);
        if (isTag(symbol) && before != null && isValue(before)) {
            hidden.put(name, symbol);
            return;
        }
        names.put(name, symbol);
        if (isTag(before) && !isTag(symbol)) {
            hidden.put(name, before);
        }
    }

    private static boolean isValue(Symbol symbol) {
        return symbol instanceof Symbol.FunctionSet || symbol instanceof Symbol.Object;
    }

    private static boolean isTag(Symbol symbol) {
        return symbol instanceof ClassSymbol || symbol instanceof EnumSymbol;
    }

    /** The class or enumeration declared right here, hidden or not (C++14 [basic.scope.hiding] 2), or null. */
    public Symbol tag(String name) {
        var symbol = names.get(name);
        return isTag(symbol) ? symbol : hidden.get(name);
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
