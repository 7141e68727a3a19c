package io.ringkernel.metal.msl.syntax.scope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of one region, and the scopes whose names are visible in it as well: used namespaces and bases. */
public final class Scope {
    /** A template's parameters are a region of their own, in which only they are declared. */
    public enum Kind {
        NAMESPACE,
        CLASS,
        BLOCK,
        TEMPLATE_PARAMETERS
    }

    /** Bounds the search through namespaces that use each other. */
    private static final int INCLUSION_LIMIT = 8;

    private final Kind kind;
    private final String name;
    private final Map<String, Symbol> symbols = new HashMap<>();
    private final List<Scope> included = new ArrayList<>(0);

    public Scope(Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    public Scope(Kind kind) {
        this(kind, "");
    }

    public Kind kind() {
        return kind;
    }

    /** The name of a class; empty elsewhere. */
    public String name() {
        return name;
    }

    boolean isEmpty() {
        return symbols.isEmpty() && included.isEmpty();
    }

    /** A symbol of this scope or an included one, or null. */
    public Symbol find(String wanted) {
        return find(wanted, INCLUSION_LIMIT);
    }

    private Symbol find(String wanted, int depth) {
        var symbol = symbols.get(wanted);
        if (symbol != null || depth == 0) {
            return symbol;
        }
        for (var other : included) {
            symbol = other.find(wanted, depth - 1);
            if (symbol != null) {
                return symbol;
            }
        }
        return null;
    }

    /** The names of all types of this scope and of those that it includes. */
    Set<String> types() {
        var types = new HashSet<String>();
        addTypes(types, INCLUSION_LIMIT);
        return types;
    }

    private void addTypes(Set<String> types, int depth) {
        symbols.forEach((declared, symbol) -> {
            if (symbol.isType()) {
                types.add(declared);
            }
        });
        if (depth > 0) {
            included.forEach(other -> other.addTypes(types, depth - 1));
        }
    }

    public void include(Scope other) {
        if (other != this && !included.contains(other)) {
            included.add(other);
        }
    }

    /**
     * A template stays one when an overload that is none follows; a namespace or class stays what it is. A function
     * hides a class of its name that follows (C++14 [basic.scope.hiding] 2).
     */
    public void declare(String declared, Symbol symbol) {
        symbols.merge(declared, symbol, (old, added) -> {
            if (old.kind() == Symbol.Kind.VALUE && added.kind() == Symbol.Kind.TYPE) {
                return new Symbol(Symbol.Kind.VALUE, added.members());
            }
            boolean overload = old.kind() == Symbol.Kind.VALUE_TEMPLATE && added.kind() == Symbol.Kind.VALUE;
            boolean redeclared =
                    old.isType() && added.isType() && added.members().isEmpty();
            return overload || redeclared ? old : added;
        });
    }

    /** Adds what another scope declares and this one does not: members of a specialisation, found in its template. */
    public void declareMissing(Scope other) {
        other.symbols.forEach(symbols::putIfAbsent);
    }
}
