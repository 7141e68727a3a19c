package io.ringkernel.metal.msl.ir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes out variables that stand for another one, or for a constant, wherever they are read: the members of a struct
 * that is filled before a loop, for one. Such a variable is set by the outermost statements alone, and not after it was
 * read.
 */
public final class Copies {
    private final Map<Var, Expr> values = new HashMap<>();

    private Copies(List<Stmt> body) {
        var read = new HashSet<Var>();
        var changing = new HashSet<Var>();
        var computed = exchanged(body);
        for (var statement : body) {
            IrWalk.forEachRead(List.of(statement), read::add);
            IrWalk.forEachSet(List.of(statement), var -> {
                if (!(statement instanceof Stmt.Set) || read.contains(var)) {
                    changing.add(var);
                }
            });
            if (statement instanceof Stmt.Set set) {
                values.put(set.var(), set.value());
                if (!isCopy(set.value())) {
                    computed.add(set.var());
                }
            }
        }
        values.keySet().removeIf(var -> !var.isMutable() || changing.contains(var) || computed.contains(var));
        changing.removeIf(var -> !var.isMutable());
        values.values().removeIf(value -> value instanceof Expr.Local local && changing.contains(local.var()));
    }

    /** The statements of a kernel without such variables. */
    public static List<Stmt> replace(List<Stmt> body) {
        var copies = new Copies(body);
        var rest = body.stream()
                .filter(statement -> !(statement instanceof Stmt.Set set && copies.values.containsKey(set.var())))
                .toList();
        return new IrRewrite(copies::original).statements(rest);
    }

    private static boolean isCopy(Expr value) {
        return value instanceof Expr.Const || value instanceof Expr.Local;
    }

    /** Variables that exchanges between lanes name, which have to stay. */
    private static Set<Var> exchanged(List<Stmt> body) {
        var exchanged = new HashSet<Var>();
        IrWalk.forEach(body, statement -> {
            if (statement instanceof Stmt.Exchange) {
                IrWalk.expressions(statement).forEach(expression -> IrWalk.forEachRead(expression, exchanged::add));
            }
        });
        return exchanged;
    }

    private Expr original(Expr expression) {
        var value = expression;
        while (value instanceof Expr.Local local && values.containsKey(local.var())) {
            value = values.get(local.var());
        }
        return value;
    }
}
