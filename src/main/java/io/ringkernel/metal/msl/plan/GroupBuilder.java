package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Divides a kernel's statements into regions and what is between them. */
final class GroupBuilder {
    private final Uniformity uniformity;
    private List<GroupStmt> out = new ArrayList<>();
    private List<Stmt> region = new ArrayList<>();

    private GroupBuilder(Uniformity uniformity) {
        this.uniformity = uniformity;
    }

    static List<GroupStmt> build(List<Stmt> body, Uniformity uniformity) {
        return new GroupBuilder(uniformity).list(body, false);
    }

    private List<GroupStmt> list(List<Stmt> statements, boolean divergent) {
        var outerOut = out;
        var outerRegion = region;
        out = new ArrayList<>();
        region = new ArrayList<>();
        for (var statement : statements) {
            add(statement, divergent);
        }
        flush();
        var result = out;
        out = outerOut;
        region = outerRegion;
        return result;
    }

    private void flush() {
        if (!region.isEmpty()) {
            out.add(new GroupStmt.Region(region));
            region = new ArrayList<>();
        }
    }

    private void add(Stmt statement, boolean divergent) {
        if (!uniformity.isGroupLevel(statement, divergent)) {
            region.add(statement);
            return;
        }
        switch (statement) {
            case Stmt.Set set -> once(set);
            case Stmt.Jump jump -> {
                flush();
                out.add(new GroupStmt.Jump(jump));
            }
            case Stmt.Barrier barrier -> {
                flush();
                out.add(new GroupStmt.Barrier(barrier));
            }
            case Stmt.Exchange exchange -> exchange(exchange);
            case Stmt.If s -> branch(s, divergent);
            case Stmt.Loop s -> loop(s, divergent);
            case Stmt.Block s -> {
                flush();
                var inner = divergent || uniformity.isLeftBySome(s.target());
                out.add(new GroupStmt.Block(s.target(), list(s.body(), inner)));
            }
            default -> throw new IllegalStateException("not for a group: " + statement);
        }
    }

    /** Sets a uniform variable before the region at hand if nothing there could tell, else after it. */
    private void once(Stmt.Set set) {
        var touched = new LinkedHashSet<Var>();
        IrWalk.forEachRead(region, touched::add);
        IrWalk.forEachSet(region, touched::add);
        if (touched.contains(set.var()) || !set.value().isPure()) {
            flush();
        }
        out.add(new GroupStmt.Once(set));
    }

    private void exchange(Stmt.Exchange exchange) {
        if (repeats(exchange)) {
            return;
        }
        var given = exchange.with(operand -> operand.byLane() || !uniformity.isUniform(operand.value(), true)
                ? new Stmt.Exchange.Operand(array(operand.value(), exchange.line()), operand.byLane())
                : operand);
        flush();
        out.add(new GroupStmt.Exchange(given));
    }

    /** Whether an exchange only checks what it did just before, no lane having gone elsewhere since. */
    private boolean repeats(Stmt.Exchange exchange) {
        return exchange.operands().isEmpty()
                && exchange.results().isEmpty()
                && !out.isEmpty()
                && out.getLast() instanceof GroupStmt.Exchange(var before)
                && before.method().equals(exchange.method())
                && region.stream().noneMatch(Uniformity::jumpsOut);
    }

    /** A variable with the value of every lane: a fresh one, unless the value is that of one which has an array. */
    private Expr.Local array(Expr value, int line) {
        if (value instanceof Expr.Local local && local.var().isMutable() && uniformity.isVarying(local.var())) {
            return local;
        }
        var variable = new Var("exchanged", value.slot(), false);
        uniformity.addVarying(variable);
        region.add(new Stmt.Set(variable, value, line));
        return new Expr.Local(variable);
    }

    private void branch(Stmt.If s, boolean divergent) {
        if (uniformity.isUniform(s.condition(), divergent)) {
            flush();
            out.add(new GroupStmt.UniformIf(
                    s.condition(), list(s.then(), divergent), list(s.other(), divergent), s.line()));
            return;
        }
        var otherwise = new Stmt.Target("else");
        region.add(leaveUnless(s.condition(), otherwise, s.line()));
        flush();
        out.add(new GroupStmt.SplitIf(
                otherwise, new Stmt.Target("endif"), list(s.then(), true), list(s.other(), true)));
    }

    private static Stmt leaveUnless(Expr condition, Stmt.Target target, int line) {
        return new Stmt.If(Ops.not(condition), List.of(new Stmt.Jump(target, false, line)), List.of(), line);
    }

    private void loop(Stmt.Loop s, boolean divergent) {
        flush();
        var inner = uniformity.isDivergent(s, divergent);
        var condition = s.condition();
        var head = new ArrayList<>(s.head());
        if (condition != null && !uniformity.isUniform(condition, inner)) {
            head.add(leaveUnless(condition, s.target(), s.line()));
            condition = null;
        }
        out.add(new GroupStmt.Loop(
                s.target(),
                list(head, inner),
                condition,
                list(s.body(), inner),
                list(s.step(), inner),
                s.testsAtEnd(),
                s.line()));
    }
}
