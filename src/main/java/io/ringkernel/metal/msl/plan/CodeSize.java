package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates how large something becomes: its bytes of bytecode, except that an access to memory counts for more.
 * HotSpot's first compiler inlines each into some 200 of the 10,000 virtual registers that a method may have, and gives
 * up on methods with too many, which are then interpreted until the second compiler gets to them: on JDK 25 on one with
 * 45, and on one with a loop and 37.
 */
final class CodeSize {
    private static final int ACCESS = 180;

    private final Map<Stmt, Integer> known = new IdentityHashMap<>();

    /** How large a statement becomes; what was asked for before is remembered, so that deep trees cost little. */
    int remembered(Stmt statement) {
        var size = known.get(statement);
        if (size == null) {
            var sum = own(statement);
            for (var list : IrWalk.children(statement)) {
                sum += remembered(list);
            }
            size = sum;
            known.put(statement, size);
        }
        return size;
    }

    int remembered(List<Stmt> statements) {
        var sum = 0;
        for (var statement : statements) {
            sum += remembered(statement);
        }
        return sum;
    }

    /** How many accesses to memory something has, atomic ones included. */
    static int accesses(Stmt statement) {
        int own = statement instanceof Stmt.Store ? 1 : 0;
        for (var expression : IrWalk.expressions(statement)) {
            own += accesses(expression);
        }
        for (var statements : IrWalk.children(statement)) {
            for (var each : statements) {
                own += accesses(each);
            }
        }
        return own;
    }

    private static int accesses(Expr expression) {
        int own =
                expression instanceof Expr.Load || expression instanceof Expr.Call call && !call.isMethodPure() ? 1 : 0;
        for (var operand : expression.operands()) {
            own += accesses(operand);
        }
        return own;
    }

    static int of(List<Stmt> statements) {
        var sum = 0;
        for (var statement : statements) {
            sum += of(statement);
        }
        return sum;
    }

    static int of(Stmt statement) {
        var sum = own(statement);
        for (var statements : IrWalk.children(statement)) {
            sum += of(statements);
        }
        return sum;
    }

    private static int own(Stmt statement) {
        var own = switch (statement) {
            case Stmt.Set _ -> 4;
            case Stmt.Store _ -> ACCESS;
            case Stmt.Do _ -> 1;
            case Stmt.If _ -> 3;
            case Stmt.Loop _ -> 24;
            case Stmt.Switch s ->
                16 + 8 * s.cases().stream().mapToInt(c -> c.labels().size()).sum();
            case Stmt.Jump _ -> 12;
            case Stmt.Invoke s -> 8 + 12 * s.results().size();
            case Stmt.Return s -> 1 + 8 * s.values().size();
            case Stmt.Block _ -> 0;
            case Stmt.Sync _ -> 40;
        };
        for (var expression : IrWalk.expressions(statement)) {
            own += of(expression);
        }
        return own;
    }

    static int of(Expr expression) {
        var own = switch (expression) {
            case Expr.Const _ -> 3;
            case Expr.Local _ -> 3;
            case Expr.Op op when op.op().compare() != null -> 12;
            case Expr.Op op when op.op().isInstruction() -> 1;
            case Expr.Op _ -> 3;
            case Expr.Load _ -> ACCESS;
            case Expr.Call _ -> 4;
            case Expr.Select _ -> 6;
        };
        for (var operand : expression.operands()) {
            own += of(operand);
        }
        return own;
    }
}
