package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Opcode.Compare;
import io.ringkernel.metal.msl.ir.Opcode.Relation;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes out of the loop over a row what is the same for all its threads: guards become the loop's bounds, and values
 * that depend on nothing in the row are computed before it.
 */
public final class RowsPlan {

    /** A bound of the loop: lanes below, or from, a long. */
    public record Bound(boolean isUpper, Expr lane) {}

    /**
     * What is known about the loop.
     *
     * @param options how code is generated
     * @param exit where a jump ends a thread, and nothing else
     * @param laneForms variables that are the sum of something uniform, given here, and the lane
     * @param uniform variables that are set before the loop
     * @param pinned variables whose values are used after the loop, lane by lane
     */
    public record Surroundings(
            CodeOptions options, Stmt.Target exit, Map<Var, Expr> laneForms, Set<Var> uniform, Set<Var> pinned) {}

    /** What is computed before the loop is in its method; no loop gains from more. */
    private static final int MOST_BEFORE = 500;

    private final Surroundings surroundings;
    private final Set<Var> uniform;
    private final List<Stmt> prologue = new ArrayList<>();
    private final List<Expr> conditions = new ArrayList<>();
    private final List<Bound> bounds = new ArrayList<>();
    private List<Stmt> body;

    private RowsPlan(List<Stmt> body, Surroundings surroundings) {
        this.surroundings = surroundings;
        this.body = body;
        uniform = new LinkedHashSet<>(surroundings.uniform());
    }

    /** Without optimised shapes, everything stays in the loop. */
    public static RowsPlan of(List<Stmt> body, Surroundings surroundings) {
        var plan = new RowsPlan(body, surroundings);
        if (!surroundings.options().fast()) {
            return plan;
        }
        plan.body = plan.peel(body);
        var addresses = new InvariantAddresses(plan.uniform, surroundings.laneForms(), surroundings.options());
        plan.body = addresses.rewrite(plan.body);
        plan.prologue.addAll(addresses.prologue());
        return plan;
    }

    /** Sets before the loop, in order. */
    public List<Stmt> prologue() {
        return prologue;
    }

    /** Without these, no thread of the row does anything; they are evaluated after the prologue. */
    public List<Expr> conditions() {
        return conditions;
    }

    public List<Bound> bounds() {
        return bounds;
    }

    public List<Stmt> body() {
        return body;
    }

    private List<Stmt> peel(List<Stmt> statements) {
        var rest = new ArrayList<Stmt>();
        var onlyValues = true;
        for (int i = 0; i < statements.size(); i++) {
            var statement = statements.get(i);
            if (isUniformSet(statement) && prologue.size() < MOST_BEFORE) {
                prologue.add(statement);
                uniform.add(((Stmt.Set) statement).var());
            } else if (onlyValues && isGuard(statement)) {
                residue(Ops.not(((Stmt.If) statement).condition()))
                        .ifPresent(r -> rest.add(
                                new Stmt.If(Ops.not(r), ((Stmt.If) statement).then(), List.of(), statement.line())));
            } else if (onlyValues && i == statements.size() - 1 && isWholeBody(statement)) {
                var branch = (Stmt.If) statement;
                var residue = residue(branch.condition());
                var inner = peel(branch.then());
                if (residue.isEmpty()) {
                    rest.addAll(inner);
                } else {
                    rest.add(new Stmt.If(residue.get(), inner, List.of(), branch.line()));
                }
            } else {
                onlyValues &= isLocalValue(statement);
                rest.add(statement);
            }
        }
        return rest;
    }

    private boolean isUniformSet(Stmt statement) {
        return isLocalValue(statement)
                && statement instanceof Stmt.Set set
                && !set.var().isMutable()
                && isUniform(set.value());
    }

    /** Whether a statement only gives a variable a value, for the lane alone. */
    private boolean isLocalValue(Stmt statement) {
        return statement instanceof Stmt.Set set
                && !surroundings.pinned().contains(set.var())
                && set.value().isPure();
    }

    private boolean isUniform(Expr expression) {
        var known = new boolean[] {true};
        IrWalk.forEachRead(expression, var -> known[0] &= uniform.contains(var));
        return known[0];
    }

    private boolean isGuard(Stmt statement) {
        return statement instanceof Stmt.If branch
                && branch.other().isEmpty()
                && branch.then().size() == 1
                && branch.then().getFirst() instanceof Stmt.Jump jump
                && jump.target() == surroundings.exit()
                && branch.condition().isPure();
    }

    private static boolean isWholeBody(Stmt statement) {
        return statement instanceof Stmt.If branch
                && branch.other().isEmpty()
                && branch.condition().isPure();
    }

    /** Turns a condition for going on into bounds as far as possible; what is left of it. */
    private Optional<Expr> residue(Expr condition) {
        if (condition instanceof Expr.Op op
                && op.op() == Opcode.NOT
                && op.operands().getFirst() instanceof Expr.Select select
                && select.then() instanceof Expr.Const c
                && c.bits() == 1) {
            return both(residue(Ops.not(select.condition())), residue(Ops.not(select.other())));
        }
        if (condition instanceof Expr.Select select && select.other() instanceof Expr.Const c && c.bits() == 0) {
            return both(residue(select.condition()), residue(select.then()));
        }
        if (isUniform(condition)) {
            conditions.add(condition);
            return Optional.empty();
        }
        return isBound(condition) ? Optional.empty() : Optional.of(condition);
    }

    private static Optional<Expr> both(Optional<Expr> left, Optional<Expr> right) {
        if (left.isPresent() && right.isPresent()) {
            return Optional.of(Ops.and(left.get(), right.get()));
        }
        return left.isPresent() ? left : right;
    }

    /** Whether the condition compares the position with something uniform; then it becomes bounds. */
    private boolean isBound(Expr condition) {
        if (!(condition instanceof Expr.Op op) || op.op().compare() == null) {
            return false;
        }
        if (op.op().compare() != Compare.INT && op.op().compare() != Compare.UNSIGNED_INT) {
            return false;
        }
        var left = op.operands().get(0);
        var right = op.operands().get(1);
        if (isPosition(left) && isUniform(right)) {
            return addBound(op.op().relation(), lane(left, wide(op.op().compare(), right)));
        }
        return isPosition(right)
                && isUniform(left)
                && addBound(
                        op.op().relation().mirrored(), lane(right, wide(op.op().compare(), left)));
    }

    private boolean isPosition(Expr expression) {
        return expression instanceof Expr.Local local
                && surroundings.laneForms().containsKey(local.var());
    }

    /** The lane at which a position has a value. */
    private Expr lane(Expr position, Expr value) {
        var base = surroundings.laneForms().get(((Expr.Local) position).var());
        return Ops.binary(Opcode.LSUB, value, Ops.unary(Opcode.I2L, base));
    }

    /** Positions are below 2^31, so that signed and unsigned comparisons agree on them. */
    private static Expr wide(Compare compare, Expr value) {
        return compare == Compare.INT ? Ops.unary(Opcode.I2L, value) : Ops.unsignedToLong(value);
    }

    private boolean addBound(Relation relation, Expr value) {
        switch (relation) {
            case LT -> bounds.add(new Bound(true, value));
            case LE -> bounds.add(new Bound(true, Ops.add(value, 1)));
            case GT -> bounds.add(new Bound(false, Ops.add(value, 1)));
            case GE -> bounds.add(new Bound(false, value));
            case EQ -> {
                bounds.add(new Bound(false, value));
                bounds.add(new Bound(true, Ops.add(value, 1)));
            }
            case NE -> {
                return false;
            }
        }
        return true;
    }
}
