package io.ringkernel.metal.msl.ir;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Traversals of the intermediate form. */
public final class IrWalk {

    private IrWalk() {}

    /** Whether an expression reads one of some variables. */
    public static boolean reads(Expr expression, Collection<Var> vars) {
        if (expression instanceof Expr.Local local) {
            return vars.contains(local.var());
        }
        for (var operand : expression.operands()) {
            if (reads(operand, vars)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an expression reads a variable that can change. */
    public static boolean readsMutable(Expr expression) {
        if (expression instanceof Expr.Local local) {
            return local.var().isMutable();
        }
        return expression.operands().stream().anyMatch(IrWalk::readsMutable);
    }

    /** Every variable that an expression reads. */
    public static void forEachRead(Expr expression, Consumer<Var> action) {
        if (expression instanceof Expr.Local local) {
            action.accept(local.var());
        }
        expression.operands().forEach(operand -> forEachRead(operand, action));
    }

    /** The expressions of a statement itself, without those of statements inside it. */
    public static List<Expr> expressions(Stmt statement) {
        return switch (statement) {
            case Stmt.Set set -> List.of(set.value());
            case Stmt.Store store -> List.of(store.segment(), store.offset(), store.value());
            case Stmt.Do effect -> List.of(effect.expression());
            case Stmt.If branch -> List.of(branch.condition());
            case Stmt.Loop loop -> loop.condition() == null ? List.of() : List.of(loop.condition());
            case Stmt.Switch selection -> List.of(selection.selector());
            case Stmt.Invoke invoke -> invoke.arguments();
            case Stmt.Return result -> result.values();
            case Stmt.Exchange exchange ->
                exchange.operands().stream().map(Stmt.Exchange.Operand::value).toList();
            case Stmt.Block _, Stmt.Jump _, Stmt.Barrier _ -> List.of();
        };
    }

    /** The lists of statements inside a statement, in order. */
    public static List<List<Stmt>> children(Stmt statement) {
        return switch (statement) {
            case Stmt.If branch -> List.of(branch.then(), branch.other());
            case Stmt.Loop loop -> List.of(loop.head(), loop.body(), loop.step());
            case Stmt.Switch selection ->
                selection.cases().stream().map(Stmt.Case::body).toList();
            case Stmt.Block block -> List.of(block.body());
            default -> List.of();
        };
    }

    /** The variables that a statement itself sets. */
    public static List<Var> sets(Stmt statement) {
        return switch (statement) {
            case Stmt.Set set -> List.of(set.var());
            case Stmt.Invoke invoke -> invoke.results();
            case Stmt.Exchange exchange -> exchange.results();
            default -> List.of();
        };
    }

    /** A statement and all inside it, outer ones first. */
    public static void forEach(Stmt statement, Consumer<Stmt> action) {
        action.accept(statement);
        children(statement).forEach(list -> forEach(list, action));
    }

    public static void forEach(List<Stmt> statements, Consumer<Stmt> action) {
        statements.forEach(statement -> forEach(statement, action));
    }

    /** All variables that statements read. */
    public static void forEachRead(List<Stmt> statements, Consumer<Var> action) {
        forEach(statements, s -> expressions(s).forEach(e -> forEachRead(e, action)));
    }

    /** All variables that statements set. */
    public static void forEachSet(List<Stmt> statements, Consumer<Var> action) {
        forEach(statements, s -> sets(s).forEach(action));
    }

    /** All calls and loads in statements. */
    public static void forEachExpression(List<Stmt> statements, Consumer<Expr> action) {
        forEach(statements, s -> expressions(s).forEach(e -> deep(e, action)));
    }

    private static void deep(Expr expression, Consumer<Expr> action) {
        action.accept(expression);
        expression.operands().forEach(operand -> deep(operand, action));
    }
}
