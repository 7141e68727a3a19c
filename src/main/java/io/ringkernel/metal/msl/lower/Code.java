package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.List;

/** The statement list that lowering appends to, and the rules that keep expressions in order. */
final class Code {
    private List<Stmt> statements = new ArrayList<>();
    /** The index of the last statement that has an effect, or -1. */
    private int lastEffect = -1;

    private int temporaries;

    void add(Stmt statement) {
        boolean isHarmless = statement instanceof Stmt.Set set && !set.var().isMutable();
        if (!isHarmless) {
            lastEffect = statements.size();
        }
        statements.add(statement);
    }

    /** A position to compare and insert at. */
    int mark() {
        return statements.size();
    }

    List<Stmt> statements() {
        return statements;
    }

    /** Runs {@code body} with an empty list and gives what it appended. */
    List<Stmt> nested(Runnable body) {
        var outer = statements;
        var outerEffect = lastEffect;
        statements = new ArrayList<>();
        lastEffect = -1;
        try {
            body.run();
            return statements;
        } finally {
            statements = outer;
            lastEffect = outerEffect;
        }
    }

    Var temporary(Slot slot) {
        return new Var("t" + temporaries++, slot, false);
    }

    /** A variable that is set in more than one place. */
    Var mutable(String name, Slot slot) {
        return new Var(name + temporaries++, slot, true);
    }

    /** The expression as something that may be used often and later. */
    Expr capture(Expr expression, int line) {
        if (expression.isStable()) {
            return expression;
        }
        var temporary = temporary(expression.slot());
        add(new Stmt.Set(temporary, expression, line));
        return new Expr.Local(temporary);
    }

    List<Expr> captureAll(List<Expr> expressions, int line) {
        return expressions.stream().map(e -> capture(e, line)).toList();
    }

    /** Whether something with an effect was appended since a mark. */
    boolean hasEffectsSince(int mark) {
        return lastEffect >= mark;
    }

    /** Evaluates expressions at an earlier position; the result may be used after what was appended since. */
    List<Expr> captureAt(int mark, List<Expr> expressions, int line) {
        var captured = new ArrayList<Expr>();
        var at = mark;
        for (var expression : expressions) {
            if (expression.isStable()) {
                captured.add(expression);
            } else {
                var temporary = temporary(expression.slot());
                statements.add(at, new Stmt.Set(temporary, expression, line));
                if (lastEffect >= at) {
                    lastEffect++;
                }
                at++;
                captured.add(new Expr.Local(temporary));
            }
        }
        return captured;
    }
}
