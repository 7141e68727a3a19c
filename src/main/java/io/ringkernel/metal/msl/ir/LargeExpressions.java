package io.ringkernel.metal.msl.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes expressions that are too large for a method in steps, each into a variable. Expressions have no effects, so
 * that what is evaluated first does not matter; of a choice, only what is chosen is evaluated.
 */
public final class LargeExpressions {
    /** A node takes a few bytes of code, an access some twenty. */
    private static final int MOST_NODES = 1000;

    private List<Stmt> out = new ArrayList<>();
    private int line;

    private LargeExpressions() {}

    /** The statements with smaller expressions. */
    public static List<Stmt> divideAll(List<Stmt> statements) {
        return new LargeExpressions().list(statements);
    }

    private List<Stmt> list(List<Stmt> statements) {
        var outer = out;
        out = new ArrayList<>();
        for (var statement : statements) {
            var inner = IrRewrite.withLists(statement, this::list);
            line = inner.line();
            var small = inner;
            if (inner instanceof Stmt.Loop loop) {
                small = loop(loop);
            } else if (IrWalk.expressions(inner).stream().anyMatch(LargeExpressions::isLarge)) {
                small = small(inner);
            }
            out.add(small);
        }
        var result = out;
        out = outer;
        return result;
    }

    private Stmt small(Stmt statement) {
        return switch (statement) {
            case Stmt.Set s -> new Stmt.Set(s.var(), small(s.value()), s.line());
            case Stmt.Store s ->
                new Stmt.Store(s.cell(), small(s.segment()), small(s.offset()), small(s.value()), s.line());
            case Stmt.Do s -> new Stmt.Do(small(s.expression()), s.line());
            case Stmt.If s -> new Stmt.If(small(s.condition()), s.then(), s.other(), s.line());
            case Stmt.Switch s -> new Stmt.Switch(s.target(), small(s.selector()), s.cases(), s.line());
            case Stmt.Invoke s -> new Stmt.Invoke(s.function(), all(s.arguments()), s.results(), s.line());
            case Stmt.Return s -> new Stmt.Return(all(s.values()), s.line());
            default -> statement;
        };
    }

    private List<Expr> all(List<Expr> expressions) {
        return expressions.stream().map(this::small).toList();
    }

    /** What a loop tests is computed in its head. */
    private Stmt loop(Stmt.Loop s) {
        if (s.condition() == null || !isLarge(s.condition())) {
            return s;
        }
        var outer = out;
        out = new ArrayList<>(s.head());
        var condition = small(s.condition());
        var head = out;
        out = outer;
        return new Stmt.Loop(s.target(), head, condition, s.body(), s.step(), s.testsAtEnd(), s.line());
    }

    private static boolean isLarge(Expr expression) {
        return left(expression, MOST_NODES) < 0;
    }

    /** What is left of a number of nodes without those of an expression, which are counted until none is left. */
    private static int left(Expr expression, int nodes) {
        var left = nodes - 1;
        for (var operand : expression.operands()) {
            if (left < 0) {
                break;
            }
            left = left(operand, left);
        }
        return left;
    }

    private Expr small(Expr expression) {
        if (!isLarge(expression)) {
            return expression;
        }
        if (expression instanceof Expr.Select select) {
            return choice(select);
        }
        var operands = new ArrayList<Expr>();
        var left = MOST_NODES / 2;
        for (var operand : expression.operands()) {
            var small = small(operand);
            if (left(small, left) < 0) {
                small = variable(small);
            }
            left = left(small, left);
            operands.add(small);
        }
        return IrRewrite.withOperands(expression, operands);
    }

    private Expr variable(Expr value) {
        if (value.isStable()) {
            return value;
        }
        var variable = new Var("step", value.slot(), false);
        out.add(new Stmt.Set(variable, value, line));
        return new Expr.Local(variable);
    }

    private Expr choice(Expr.Select select) {
        var result = new Var("chosen", select.slot(), true);
        out.add(new Stmt.Set(result, Expr.zero(select.slot()), line));
        choice(select, result);
        return new Expr.Local(result);
    }

    private void choice(Expr.Select select, Var result) {
        var condition = small(select.condition());
        out.add(new Stmt.If(condition, assigned(result, select.then()), assigned(result, select.other()), line));
    }

    private List<Stmt> assigned(Var result, Expr value) {
        var outer = out;
        out = new ArrayList<>();
        if (value instanceof Expr.Select select && isLarge(select)) {
            choice(select, result);
        } else {
            out.add(new Stmt.Set(result, small(value), line));
        }
        var statements = out;
        out = outer;
        return statements;
    }
}
