package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.plan.GroupPlan;
import io.ringkernel.metal.msl.plan.GroupStmt;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;
import java.util.function.Consumer;

/** Writes what all lanes of a row do as one: uniform variables, branches and loops. Regions are left to the caller. */
final class UniformEmitter {
    private final CodeBuilder code;
    private final StmtEmitter statements;
    private final Consumer<GroupStmt.Region> regions;

    UniformEmitter(CodeBuilder code, StmtEmitter statements, Consumer<GroupStmt.Region> regions) {
        this.code = code;
        this.statements = statements;
        this.regions = regions;
    }

    /** Gives the variables that are set for all lanes a value from the start. */
    void variables(List<GroupStmt> body) {
        GroupPlan.forEach(body, statement -> {
            if (statement instanceof GroupStmt.Once once) {
                var var = once.set().var();
                statements.emit(new Stmt.Set(var, Expr.zero(var.slot()), 0));
            }
        });
    }

    void emit(List<GroupStmt> list) {
        for (var statement : list) {
            emit(statement);
            if (statement instanceof GroupStmt.Jump) {
                return;
            }
        }
    }

    private void emit(GroupStmt statement) {
        switch (statement) {
            case GroupStmt.Region region -> regions.accept(region);
            case GroupStmt.Once once -> statements.emit(once.set());
            case GroupStmt.UniformIf branch -> branch(branch);
            case GroupStmt.Loop loop -> loop(loop);
            case GroupStmt.Block block -> {
                var end = code.newLabel();
                statements.define(block.target(), end, end);
                emit(block.body());
                code.labelBinding(end);
            }
            case GroupStmt.Jump jump -> statements.emit(jump.jump());
            default -> throw new IllegalStateException("not for threads that do not interact: " + statement);
        }
    }

    private void branch(GroupStmt.UniformIf branch) {
        var other = code.newLabel();
        var end = code.newLabel();
        statements.expressions().line(branch.line());
        statements.expressions().branch(branch.condition(), false, other);
        emit(branch.then());
        code.goto_(end).labelBinding(other);
        emit(branch.other());
        code.labelBinding(end);
    }

    private void loop(GroupStmt.Loop loop) {
        var end = code.newLabel();
        var next = code.newLabel();
        statements.define(loop.target(), end, next);
        var top = code.newBoundLabel();
        if (!loop.testsAtEnd()) {
            test(loop, end);
        }
        emit(loop.body());
        code.labelBinding(next);
        emit(loop.step());
        statements.poll();
        if (loop.testsAtEnd()) {
            test(loop, end);
        }
        code.goto_(top).labelBinding(end);
    }

    private void test(GroupStmt.Loop loop, Label end) {
        emit(loop.head());
        if (loop.condition() != null) {
            statements.expressions().line(loop.line());
            statements.expressions().branch(loop.condition(), false, end);
        }
    }
}
