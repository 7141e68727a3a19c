package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrRewrite;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Splits byte offsets into a sum that is the same for all lanes, computed once before their loop, and the rest:
 * {@code base + (lane << 2)}. Only in that form does the JIT compiler take the bounds checks out of the loop, and
 * vectorise it. A subscript that went through variables is taken apart as well: {@code uint i = row * width + x} would
 * otherwise be a 32-bit sum, which the JIT compiler does not see through.
 */
final class InvariantAddresses {
    /** No loop needs as many; they are computed one after the other before it. */
    private static final int MOST_BASES = 256;

    private final Set<Var> uniform;
    private final LinearTerms linear;
    private final Map<Expr, Var> bases = new LinkedHashMap<>();

    /** {@code laneForms} are variables that are the sum of something uniform, given here, and the lane. */
    InvariantAddresses(Set<Var> uniform, Map<Var, Expr> laneForms, CodeOptions options) {
        this.uniform = uniform;
        linear = new LinearTerms(laneForms, options);
    }

    List<Stmt> rewrite(List<Stmt> statements) {
        IrWalk.forEach(statements, this::noteSum);
        return new IrRewrite(this::replaceLoad, this::split).statements(statements);
    }

    /** Notes variables whose value can as well be computed where they are used. */
    private void noteSum(Stmt statement) {
        if (statement instanceof Stmt.Set set
                && !set.var().isMutable()
                && set.value().isPure()
                && !IrWalk.readsMutable(set.value())) {
            linear.define(set.var(), set.value());
        }
    }

    /** The sets that compute the bases. */
    List<Stmt> prologue() {
        var sets = new ArrayList<Stmt>();
        bases.forEach((value, var) -> sets.add(new Stmt.Set(var, value, 0)));
        return sets;
    }

    private Expr replaceLoad(Expr expression) {
        return expression instanceof Expr.Load load
                ? new Expr.Load(load.cell(), load.segment(), split(load.offset()), load.line())
                : expression;
    }

    private Expr split(Expr offset) {
        var terms = linear.termsOf(offset);
        var fixed = LinearTerms.sum(terms, this::isUniform);
        var rest = LinearTerms.sum(terms, term -> !isUniform(term));
        if (fixed.isStable()) {
            return rest instanceof Expr.Const ? Ops.binary(Opcode.LADD, fixed, rest) : add(fixed, rest);
        }
        if (bases.size() == MOST_BASES && !bases.containsKey(fixed)) {
            return offset;
        }
        var base = bases.computeIfAbsent(fixed, _ -> new Var("base" + bases.size(), Slot.LONG, false));
        return add(new Expr.Local(base), rest);
    }

    private static Expr add(Expr base, Expr rest) {
        return rest instanceof Expr.Const c && c.bits() == 0 ? base : Ops.binary(Opcode.LADD, base, rest);
    }

    private boolean isUniform(Expr expression) {
        if (!expression.isPure()) {
            return false;
        }
        var known = new boolean[] {true};
        IrWalk.forEachRead(expression, var -> known[0] &= uniform.contains(var));
        return known[0];
    }
}
