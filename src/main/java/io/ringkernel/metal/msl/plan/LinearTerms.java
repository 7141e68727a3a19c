package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Var;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Takes byte offsets apart into terms and their factors; the lane is a term of its own, the constant has key 1. */
final class LinearTerms {
    static final Expr LANE = Ops.unary(Opcode.I2L, RowPositions.LANE);
    /** Bounds what is written out again for one address: sums of sums of variables could grow without end. */
    private static final int MOST_DEFINITIONS = 16;

    private final Map<Var, Expr> laneForms;
    private final boolean exact;
    private final Map<Var, Expr> sums = new LinkedHashMap<>();
    private int definitionsLeft;

    /** {@code laneForms} are variables that are the sum of something uniform, given here, and the lane. */
    LinearTerms(Map<Var, Expr> laneForms, CodeOptions options) {
        this.laneForms = laneForms;
        exact = options.exactIndices();
    }

    /**
     * Notes a variable whose value can as well be computed where it is used; only sums and products matter, and those
     * only if they may be computed in 64 bits.
     */
    void define(Var var, Expr value) {
        if (!exact && wide(value) != null) {
            sums.put(var, value);
        }
    }

    /** The factor of each term of a sum. */
    Map<Expr, Long> termsOf(Expr offset) {
        var terms = new LinkedHashMap<Expr, Long>();
        definitionsLeft = MOST_DEFINITIONS;
        collect(offset, 1, terms);
        return terms;
    }

    /** The sum of those terms that are wanted; a constant is always asked for as 1. */
    static Expr sum(Map<Expr, Long> terms, Predicate<Expr> isWanted) {
        Expr total = Expr.constant(0L);
        for (var term : terms.entrySet()) {
            if (term.getValue() != 0 && isWanted.test(term.getKey())) {
                var scaled = term.getKey() instanceof Expr.Const
                        ? Expr.constant(term.getValue())
                        : Ops.scale(term.getKey(), term.getValue());
                total = Ops.binary(Opcode.LADD, total, scaled);
            }
        }
        return total;
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

    /** Adds {@code factor * expression}. */
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
                terms.merge(LANE, factor, Long::sum);
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
