package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrRewrite;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.HashMap;
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
    /** Bounds what is written out again for one address: sums of sums of variables could grow without end. */
    private static final int MOST_DEFINITIONS = 16;

    private final Set<Var> uniform;
    private final Map<Var, Expr> laneForms;
    private final Map<Var, Expr> sums = new HashMap<>();
    private final Map<Expr, Var> bases = new LinkedHashMap<>();
    private int definitionsLeft;

    /** {@code laneForms} are variables that are the sum of something uniform, given here, and the lane. */
    InvariantAddresses(Set<Var> uniform, Map<Var, Expr> laneForms) {
        this.uniform = uniform;
        this.laneForms = laneForms;
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
                && !IrWalk.readsMutable(set.value())
                && wide(set.value()) != null) {
            sums.put(set.var(), set.value());
        }
    }

    /** The sum or product in 64 bits; null for anything else. Subscripts may be computed so, see CodeOptions. */
    private static Expr wide(Expr expression) {
        if (!(expression instanceof Expr.Op op)) {
            return null;
        }
        var left = op.operands().getFirst();
        return switch (op.op()) {
            case IADD ->
                Ops.binary(Opcode.LADD, widened(left), widened(op.operands().get(1)));
            case ISUB ->
                Ops.binary(Opcode.LSUB, widened(left), widened(op.operands().get(1)));
            case IMUL ->
                Ops.binary(Opcode.LMUL, widened(left), widened(op.operands().get(1)));
            case ISHL ->
                op.operands().get(1) instanceof Expr.Const count ? Ops.binary(Opcode.LSHL, widened(left), count) : null;
            default -> null;
        };
    }

    private static Expr widened(Expr expression) {
        var wide = wide(expression);
        return wide != null ? wide : Ops.unary(Opcode.I2L, expression);
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
        var terms = new LinkedHashMap<Expr, Long>();
        definitionsLeft = MOST_DEFINITIONS;
        collect(offset, 1, terms);
        var fixed = sum(terms, true);
        var rest = sum(terms, false);
        if (fixed.isStable()) {
            return rest instanceof Expr.Const ? Ops.binary(Opcode.LADD, fixed, rest) : add(fixed, rest);
        }
        var base = bases.computeIfAbsent(fixed, _ -> new Var("base" + bases.size(), Slot.LONG, false));
        return add(new Expr.Local(base), rest);
    }

    private static Expr add(Expr base, Expr rest) {
        return rest instanceof Expr.Const c && c.bits() == 0 ? base : Ops.binary(Opcode.LADD, base, rest);
    }

    private Expr sum(Map<Expr, Long> terms, boolean invariant) {
        Expr total = Expr.constant(0L);
        for (var term : terms.entrySet()) {
            var isConstant = term.getKey() instanceof Expr.Const;
            if (term.getValue() != 0 && (isConstant || isUniform(term.getKey())) == invariant) {
                var scaled = isConstant ? Expr.constant(term.getValue()) : Ops.scale(term.getKey(), term.getValue());
                total = Ops.binary(Opcode.LADD, total, scaled);
            }
        }
        return total;
    }

    private boolean isUniform(Expr expression) {
        if (!expression.isPure()) {
            return false;
        }
        var known = new boolean[] {true};
        IrWalk.forEachRead(expression, var -> known[0] &= uniform.contains(var));
        return known[0];
    }

    /** Adds {@code factor * expression} as terms; the constant term has key 1. */
    private void collect(Expr expression, long factor, Map<Expr, Long> terms) {
        switch (expression) {
            case Expr.Const constant -> terms.merge(Expr.constant(1L), constant.bits() * factor, Long::sum);
            case Expr.Op op
            when op.op() == Opcode.LADD -> {
                collect(op.operands().get(0), factor, terms);
                collect(op.operands().get(1), factor, terms);
            }
            case Expr.Op op
            when op.op() == Opcode.LSUB -> {
                collect(op.operands().get(0), factor, terms);
                collect(op.operands().get(1), -factor, terms);
            }
            case Expr.Op op
            when op.op() == Opcode.LSHL && op.operands().get(1) instanceof Expr.Const c ->
                collect(op.operands().get(0), factor << c.bits(), terms);
            case Expr.Op op
            when op.op() == Opcode.LMUL && op.operands().get(1) instanceof Expr.Const c ->
                collect(op.operands().get(0), factor * c.bits(), terms);
            case Expr.Op op
            when op.op() == Opcode.LMUL && op.operands().get(0) instanceof Expr.Const c ->
                collect(op.operands().get(1), factor * c.bits(), terms);
            case Expr.Op op
            when op.op() == Opcode.I2L && base(op.operands().getFirst()) != null -> {
                collect(Ops.unary(Opcode.I2L, base(op.operands().getFirst())), factor, terms);
                terms.merge(Ops.unary(Opcode.I2L, RowPositions.LANE), factor, Long::sum);
            }
            case Expr.Op op
            when op.op() == Opcode.I2L && sum(op.operands().getFirst()) != null && definitionsLeft > 0 -> {
                definitionsLeft--;
                collect(wide(sum(op.operands().getFirst())), factor, terms);
            }
            default -> terms.merge(expression, factor, Long::sum);
        }
    }

    private Expr sum(Expr expression) {
        return expression instanceof Expr.Local local ? sums.get(local.var()) : null;
    }

    private Expr base(Expr expression) {
        return expression instanceof Expr.Local local ? laneForms.get(local.var()) : null;
    }
}
