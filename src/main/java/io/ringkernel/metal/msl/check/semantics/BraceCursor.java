package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/** The elements of a brace list, read one by one. */
final class BraceCursor {
    private final Analysis analysis;
    private final List<Expression> elements;
    private final List<Scope> scopes = new ArrayList<>();
    private final Scope scope;
    private int next;
    private Operand peeked;

    BraceCursor(Analysis analysis, List<Expression> written, Scope scope) {
        this.analysis = analysis;
        this.scope = scope;
        this.elements = new ArrayList<>();
        for (var element : written) {
            if (element instanceof Expression.PackExpansion(var _, var pattern)) {
                for (var expanded : analysis.packs.scopes(pattern, scope)) {
                    elements.add(pattern);
                    scopes.add(expanded);
                }
            } else {
                elements.add(element);
                scopes.add(scope);
            }
        }
    }

    Scope scope() {
        return scope;
    }

    int size() {
        return elements.size();
    }

    boolean hasNext() {
        return next < elements.size();
    }

    SourcePosition peekPosition() {
        return elements.get(next).position();
    }

    boolean nextIsBraced() {
        return hasNext() && value() instanceof Expression.InitializerList;
    }

    boolean nextIsDesignated() {
        return hasNext() && elements.get(next) instanceof Expression.Designated;
    }

    boolean designates(String field) {
        return elements.get(next) instanceof Expression.Designated(var _, String name, var _) && name.equals(field);
    }

    boolean nextIsElement() {
        return hasNext() && elements.get(next) instanceof Expression.DesignatedElements;
    }

    /** The elements, first to last, that one value initialises. */
    record Range(int first, int last) {}

    /** The elements that the next value is for: {@code index}, unless a designator says otherwise. */
    Range range(int index) {
        if (!(elements.get(next) instanceof Expression.DesignatedElements(var _, var from, var to, var _))) {
            return new Range(index, index);
        }
        int first = index(from);
        return new Range(first, to.map(this::index).orElse(first));
    }

    private int index(Expression designator) {
        return Math.toIntExact(analysis.types.integralConstant(designator, scopes.get(next), "array designator"));
    }

    private Expression value() {
        return switch (elements.get(next)) {
            case Expression.Designated(var _, var _, var inner) -> inner;
            case Expression.DesignatedElements(var _, var _, var _, var inner) -> inner;
            case Expression element -> element;
        };
    }

    Operand peek() {
        if (peeked == null) {
            peeked = analysis.expressions.check(value(), scopes.get(next));
        }
        return peeked;
    }

    Operand next() {
        var operand = peek();
        peeked = null;
        next++;
        return operand;
    }

    List<Operand> rest() {
        var rest = new ArrayList<Operand>();
        while (hasNext()) {
            rest.add(next());
        }
        return rest;
    }

    List<Expression> restExpressions() {
        var rest = List.copyOf(elements.subList(next, elements.size()));
        next = elements.size();
        return rest;
    }
}
