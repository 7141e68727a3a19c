package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.plan.GroupLayout;
import io.ringkernel.metal.msl.plan.GroupPlan;
import io.ringkernel.metal.msl.plan.GroupStmt;
import io.ringkernel.metal.msl.run.Lanes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Writes the method of a kernel whose threads interact: what a threadgroup does, regions as loops over its lanes. */
final class GroupEmitter {
    private static final LibraryMethod ANY_RUNNING = lanes("anyRunning", boolean.class);
    private static final LibraryMethod RELEASE = lanes("release", void.class, int.class);
    private static final LibraryMethod SUSPEND = lanes("suspend", void.class, int.class);

    private static final int WORKER_OF_PART = 0;
    private static final int WORKER_OF_RUN = 1;

    private final ClassDesc owner;
    private final GroupPlan plan;
    private final CodeBuilder code;
    private final GroupFrame frame;
    private final RegionEmitter regions;
    private final StmtEmitter statements;
    private final Optional<CheckEmitter> checks;
    /** The waits that some lane may be in where code is being written. */
    private Set<GroupPlan.Wait> waiting = new LinkedHashSet<>();

    private GroupEmitter(
            GroupLayout layout, ClassDesc owner, CodeBuilder code, String method, Consumer<FunctionCode> functions) {
        this.owner = owner;
        this.code = code;
        plan = layout.plan();
        frame = new GroupFrame(layout, code, method.equals("run") ? WORKER_OF_RUN : WORKER_OF_PART);
        regions = new RegionEmitter(owner, frame, method, functions);
        var options = layout.program().options();
        checks = options.instrumentation().isOn() ? Optional.of(new CheckEmitter(code, frame)) : Optional.empty();
        var isFast = options.fast();
        statements = new StmtEmitter(code, owner, frame.homes(), layout.callStack(), isFast);
    }

    /** Writes the method that runs a group. */
    static void emitRun(GroupLayout layout, ClassDesc owner, CodeBuilder code, Consumer<FunctionCode> functions) {
        var emitter = new GroupEmitter(layout, owner, code, "run", functions);
        emitter.method(layout.body(), layout.program().exit(), true);
    }

    /** Writes the method of a part, whose call was written before. */
    static void emitPart(
            GroupLayout layout,
            GroupStmt.Part part,
            ClassDesc owner,
            CodeBuilder code,
            Consumer<FunctionCode> functions) {
        var emitter = new GroupEmitter(layout, owner, code, part.name(), functions);
        emitter.waiting.addAll(part.waiting());
        emitter.method(part.body(), layout.program().exit(), false);
    }

    private void method(List<GroupStmt> body, Stmt.Target exit, boolean isStart) {
        frame.prologue(statements, body, isStart);
        var from = Jvm.beginRange(code);
        var end = code.newLabel();
        statements.define(exit, end, end);
        emit(body, end);
        code.labelBinding(end).return_();
        frame.handler(from, end);
    }

    private static LibraryMethod lanes(String name, Class<?> result, Class<?>... more) {
        var parameters = new ArrayList<Class<?>>(List.of(int[].class, int.class));
        parameters.addAll(List.of(more));
        return Methods.method(Lanes.class, name, result, parameters.toArray(Class<?>[]::new));
    }

    /** {@code idle} is where the group goes on when no lane runs any more. */
    private void emit(List<GroupStmt> list, Label idle) {
        for (int i = 0; i < list.size(); i++) {
            var statement = list.get(i);
            emit(statement, idle);
            var isSplit = i + 1 < list.size() && list.get(i + 1) instanceof GroupStmt.SplitIf;
            if (i + 1 < list.size() && !isSplit && mayStopAll(statement)) {
                state(ANY_RUNNING);
                code.ifeq(idle);
            }
            if (statement instanceof GroupStmt.Jump jump && !waits(jump.jump())) {
                return;
            }
        }
    }

    private boolean waits(Stmt.Jump jump) {
        return plan.waitNumber(jump.target(), jump.isContinue()) != 0;
    }

    private boolean mayStopAll(GroupStmt statement) {
        return switch (statement) {
            case GroupStmt.Region _, GroupStmt.UniformIf _, GroupStmt.Jump _, GroupStmt.Part _ ->
                !plan.waitsIn(List.of(statement)).isEmpty();
            case GroupStmt.SplitIf _, GroupStmt.Loop _, GroupStmt.Block _ -> !waiting.isEmpty();
            default -> false;
        };
    }

    private void emit(GroupStmt statement, Label idle) {
        switch (statement) {
            case GroupStmt.Region region -> {
                regions.emit(code, region, !waiting.isEmpty());
                waiting.addAll(plan.waitsIn(List.of(region)));
            }
            case GroupStmt.Once once -> statements.emit(once.set());
            case GroupStmt.Barrier barrier -> barrier(barrier.barrier());
            case GroupStmt.Exchange exchange -> exchange(exchange.exchange());
            case GroupStmt.UniformIf branch -> branch(branch, idle);
            case GroupStmt.SplitIf split -> split(split);
            case GroupStmt.Loop loop -> loop(loop);
            case GroupStmt.Block block -> {
                var end = code.newLabel();
                statements.define(block.target(), end, end);
                emit(block.body(), end);
                code.labelBinding(end);
                release(block.target(), false);
            }
            case GroupStmt.Jump jump -> jump(jump.jump());
            case GroupStmt.Part part -> call(part);
        }
    }

    private void call(GroupStmt.Part part) {
        frame.homes().worker(code);
        code.invokestatic(owner, part.name(), Jvm.POLL);
        part.waiting().addAll(waiting);
        waiting.addAll(plan.waitsIn(part.body()));
    }

    /** Calls a method of Lanes with the lanes' state and number. */
    private void state(LibraryMethod method) {
        code.aload(frame.waiting()).iload(frame.count());
        Jvm.invoke(code, method);
    }

    private void state(LibraryMethod method, int number) {
        code.aload(frame.waiting()).iload(frame.count()).loadConstant(number);
        Jvm.invoke(code, method);
    }

    private void release(Stmt.Target target, boolean isContinue) {
        var number = plan.waitNumber(target, isContinue);
        if (number != 0) {
            state(RELEASE, number);
            waiting.remove(new GroupPlan.Wait(target, isContinue));
        }
    }

    private void barrier(Stmt.Barrier barrier) {
        if (!waiting.isEmpty()) {
            statements.expressions().line(barrier.line());
            state(barrier.check());
        }
        checks.ifPresent(emitter -> emitter.barrier(barrier, waitingOrNull()));
    }

    /** The local with the lanes' state, or -1 when all run. */
    private int waitingOrNull() {
        return waiting.isEmpty() ? -1 : frame.waiting();
    }

    private void exchange(Stmt.Exchange exchange) {
        statements.expressions().line(exchange.line());
        checks.ifPresent(emitter -> emitter.exchange(exchange, waitingOrNull(), this::operand));
        if (waiting.isEmpty()) {
            code.aconst_null();
        } else {
            code.aload(frame.waiting());
        }
        code.iload(frame.count());
        code.loadConstant(exchange.width());
        exchange.operands().forEach(this::operand);
        exchange.results().forEach(result -> code.aload(frame.homes().array(result)));
        Jvm.invoke(code, exchange.method());
    }

    private void operand(Stmt.Exchange.Operand operand) {
        var isArray = operand.value() instanceof Expr.Local(var variable)
                && frame.homes().isArray(variable);
        if (isArray) {
            code.aload(frame.homes().array(((Expr.Local) operand.value()).var()));
        } else {
            code.aconst_null();
        }
        if (operand.byLane()) {
            return;
        }
        statements.expressions().push(isArray ? Expr.zero(operand.value().slot()) : operand.value());
    }

    private void jump(Stmt.Jump jump) {
        var number = plan.waitNumber(jump.target(), jump.isContinue());
        if (number != 0) {
            state(SUSPEND, number);
            waiting.add(new GroupPlan.Wait(jump.target(), jump.isContinue()));
        } else {
            statements.emit(jump);
        }
    }

    private void branch(GroupStmt.UniformIf branch, Label idle) {
        var other = code.newLabel();
        var end = code.newLabel();
        statements.expressions().line(branch.line());
        statements.expressions().branch(branch.condition(), false, other);
        var before = new LinkedHashSet<>(waiting);
        emit(branch.then(), idle);
        var after = waiting;
        code.goto_(end).labelBinding(other);
        waiting = before;
        emit(branch.other(), idle);
        code.labelBinding(end);
        waiting.addAll(after);
    }

    private void split(GroupStmt.SplitIf split) {
        var afterThen = code.newLabel();
        state(ANY_RUNNING);
        code.ifeq(afterThen);
        emit(split.then(), afterThen);
        code.labelBinding(afterThen);
        if (split.other().isEmpty()) {
            release(split.otherwise(), false);
            return;
        }
        state(SUSPEND, plan.waitNumber(split.end(), false));
        release(split.otherwise(), false);
        waiting.add(new GroupPlan.Wait(split.end(), false));
        var afterOther = code.newLabel();
        state(ANY_RUNNING);
        code.ifeq(afterOther);
        emit(split.other(), afterOther);
        code.labelBinding(afterOther);
        release(split.end(), false);
    }

    private void loop(GroupStmt.Loop loop) {
        var end = code.newLabel();
        var next = code.newLabel();
        statements.define(loop.target(), end, next);
        // What lanes begin to wait for in one iteration they still wait for in the next.
        for (var list : GroupPlan.children(loop)) {
            waiting.addAll(plan.waitsIn(list));
        }
        waiting.remove(new GroupPlan.Wait(loop.target(), true));
        var top = code.newBoundLabel();
        if (!loop.testsAtEnd()) {
            test(loop, end);
        }
        emit(loop.body(), next);
        code.labelBinding(next);
        release(loop.target(), true);
        emit(loop.step(), end);
        statements.poll();
        if (loop.testsAtEnd()) {
            test(loop, end);
        }
        code.goto_(top);
        code.labelBinding(end);
        release(loop.target(), false);
    }

    private void test(GroupStmt.Loop loop, Label end) {
        if (!waiting.isEmpty()) {
            state(ANY_RUNNING);
            code.ifeq(end);
        }
        emit(loop.head(), end);
        if (!loop.head().isEmpty() && !waiting.isEmpty()) {
            state(ANY_RUNNING);
            code.ifeq(end);
        }
        statements.expressions().line(loop.line());
        if (loop.condition() != null) {
            statements.expressions().branch(loop.condition(), false, end);
        }
    }
}
