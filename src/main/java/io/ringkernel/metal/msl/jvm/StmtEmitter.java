package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.plan.CountedLoop;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes statements that one thread of the kernel runs by itself. */
final class StmtEmitter {
    static final String POLL_FIELD = "POLL";
    private static final ClassDesc METHOD_HANDLE = ConstantDescs.CD_MethodHandle;

    private record Jumps(Label end, Label next) {}

    private final CodeBuilder code;
    private final ClassDesc owner;
    private final Homes homes;
    private final ExprEmitter expressions;
    private final Expr callStack;
    private final boolean fast;
    private final Map<Stmt.Target, Jumps> jumps = new LinkedHashMap<>();
    private Consumer<Stmt.Jump> outerJump = jump -> {
        throw new IllegalStateException("jump to nowhere: " + jump);
    };

    /** {@code callStack} is where the private memory of called functions begins. */
    StmtEmitter(CodeBuilder code, ClassDesc owner, Homes homes, Expr callStack, boolean fast) {
        this.code = code;
        this.owner = owner;
        this.homes = homes;
        this.callStack = callStack;
        this.fast = fast;
        expressions = new ExprEmitter(code, homes);
    }

    ExprEmitter expressions() {
        return expressions;
    }

    /** Makes jumps to a target go to these labels. */
    void define(Stmt.Target target, Label end, Label next) {
        jumps.put(target, new Jumps(end, next));
    }

    /** Says what a jump to any other target is. */
    void onOtherJumps(Consumer<Stmt.Jump> action) {
        outerJump = action;
    }

    void emit(List<Stmt> statements) {
        for (var statement : statements) {
            emit(statement);
            if (endsFlow(statement)) {
                return;
            }
        }
    }

    /** Whether nothing after the statement in its list can be reached. */
    static boolean endsFlow(Stmt statement) {
        return statement instanceof Stmt.Jump || statement instanceof Stmt.Return;
    }

    void emit(Stmt statement) {
        if (!(statement instanceof Stmt.Block)) {
            expressions.line(statement.line());
        }
        switch (statement) {
            case Stmt.Set set -> homes.store(code, set.var(), () -> expressions.push(set.value()));
            case Stmt.Store store -> expressions.store(store);
            case Stmt.Do effect -> {
                expressions.push(effect.expression());
                var isVoid = effect.expression() instanceof Expr.Call call
                        && call.method().type().returnType() == void.class;
                if (!isVoid) {
                    expressions.pop(effect.expression().slot());
                }
            }
            case Stmt.If branch -> branch(branch);
            case Stmt.Loop loop -> loop(loop);
            case Stmt.Switch selection -> select(selection);
            case Stmt.Block block -> {
                var end = code.newLabel();
                define(block.target(), end, end);
                emit(block.body());
                code.labelBinding(end);
            }
            case Stmt.Jump jump -> {
                var labels = jumps.get(jump.target());
                if (labels == null) {
                    outerJump.accept(jump);
                } else {
                    code.goto_(jump.isContinue() ? labels.next() : labels.end());
                }
            }
            case Stmt.Invoke invoke -> invoke(invoke);
            case Stmt.Return result -> leave(result);
            case Stmt.Sync sync ->
                throw new IllegalStateException("threads synchronise in a loop over threads: " + sync);
        }
    }

    private void branch(Stmt.If branch) {
        if (branch.other().isEmpty()) {
            var end = code.newLabel();
            expressions.branch(branch.condition(), false, end);
            emit(branch.then());
            code.labelBinding(end);
            return;
        }
        var other = code.newLabel();
        var end = code.newLabel();
        expressions.branch(branch.condition(), false, other);
        emit(branch.then());
        if (branch.then().isEmpty() || !endsFlow(branch.then().getLast())) {
            code.goto_(end);
        }
        code.labelBinding(other);
        emit(branch.other());
        code.labelBinding(end);
    }

    private void loop(Stmt.Loop loop) {
        var end = code.newLabel();
        var next = code.newLabel();
        define(loop.target(), end, next);
        var counted = fast ? CountedLoop.of(loop) : null;
        if (counted != null) {
            counted(loop, counted, next, end);
        } else if (loop.testsAtEnd()) {
            var top = code.newBoundLabel();
            emit(loop.body());
            code.labelBinding(next);
            emit(loop.step());
            emit(loop.head());
            poll();
            if (loop.condition() == null) {
                code.goto_(top);
            } else {
                expressions.branch(loop.condition(), true, top);
            }
        } else {
            var top = code.newBoundLabel();
            emit(loop.head());
            if (loop.condition() != null) {
                expressions.branch(loop.condition(), false, end);
            }
            emit(loop.body());
            code.labelBinding(next);
            emit(loop.step());
            poll();
            code.goto_(top);
        }
        code.labelBinding(end);
    }

    /** An unsigned counter that the JIT compiler sees as a signed one; see Rows.signedLimit. */
    private void counted(Stmt.Loop loop, CountedLoop counted, Label next, Label end) {
        expressions.branch(loop.condition(), false, end);
        var outer = code.newBoundLabel();
        var limit = Homes.fresh(code, TypeKind.INT);
        homes.load(code, counted.counter());
        expressions.push(counted.bound());
        code.loadConstant(counted.step());
        Jvm.invoke(code, CountedLoop.SIGNED_LIMIT);
        code.istore(limit);
        var top = code.newBoundLabel();
        emit(loop.body());
        code.labelBinding(next);
        emit(loop.step());
        poll();
        homes.load(code, counted.counter());
        code.iload(limit).if_icmplt(top);
        expressions.branch(loop.condition(), true, outer);
    }

    /** Lets a cancelled run end here. */
    void poll() {
        code.getstatic(owner, POLL_FIELD, METHOD_HANDLE);
        homes.worker(code);
        code.invokevirtual(METHOD_HANDLE, "invokeExact", Jvm.POLL);
    }

    private void select(Stmt.Switch selection) {
        var end = code.newLabel();
        define(selection.target(), end, end);
        var labels = selection.cases().stream().map(_ -> code.newLabel()).toList();
        var otherwise = end;
        for (int i = 0; i < labels.size(); i++) {
            if (selection.cases().get(i).isDefault()) {
                otherwise = labels.get(i);
            }
        }
        if (selection.selector().slot() == Slot.INT) {
            var cases = new ArrayList<SwitchCase>();
            for (int i = 0; i < labels.size(); i++) {
                for (var label : selection.cases().get(i).labels()) {
                    cases.add(SwitchCase.of((int) (long) label, labels.get(i)));
                }
            }
            expressions.push(selection.selector());
            code.lookupswitch(otherwise, cases);
        } else {
            chain(selection, labels, otherwise);
        }
        for (int i = 0; i < labels.size(); i++) {
            code.labelBinding(labels.get(i));
            emit(selection.cases().get(i).body());
        }
        code.labelBinding(end);
    }

    private void chain(Stmt.Switch selection, List<Label> labels, Label otherwise) {
        var selector = Homes.fresh(code, TypeKind.LONG);
        expressions.push(selection.selector());
        code.lstore(selector);
        for (int i = 0; i < labels.size(); i++) {
            for (var label : selection.cases().get(i).labels()) {
                code.lload(selector).loadConstant((long) label).lcmp().ifeq(labels.get(i));
            }
        }
        code.goto_(otherwise);
    }

    /** The descriptor of a generated function: worker, stack offset, parameters; the first result is returned. */
    static MethodTypeDesc descriptor(FunctionCode function) {
        var parameters = new ArrayList<ClassDesc>(List.of(Jvm.WORKER, ConstantDescs.CD_long));
        function.parameters().forEach(p -> parameters.add(p.slot().descriptor()));
        var result = function.results().isEmpty()
                ? ConstantDescs.CD_void
                : function.results().getFirst().descriptor();
        return MethodTypeDesc.of(result, parameters);
    }

    private void invoke(Stmt.Invoke invoke) {
        Runnable call = () -> {
            homes.worker(code);
            expressions.push(callStack);
            invoke.arguments().forEach(expressions::push);
            expressions.line(invoke.line());
            code.invokestatic(owner, invoke.function().methodName(), descriptor(invoke.function()));
        };
        if (invoke.results().isEmpty()) {
            call.run();
            return;
        }
        homes.store(code, invoke.results().getFirst(), call);
        for (int i = 1; i < invoke.results().size(); i++) {
            var result = invoke.results().get(i);
            var index = i;
            homes.store(code, result, () -> {
                results(result.slot());
                code.loadConstant(index).arrayLoad(Jvm.kind(result.slot()));
            });
        }
    }

    private void results(Slot slot) {
        var name = switch (slot) {
            case INT -> "intResults";
            case LONG -> "longResults";
            case FLOAT -> "floatResults";
            case SEGMENT -> "segmentResults";
        };
        homes.worker(code);
        code.getfield(Jvm.WORKER, name, Jvm.describe(slot.arrayType()));
    }

    private void leave(Stmt.Return result) {
        for (int i = 1; i < result.values().size(); i++) {
            var value = result.values().get(i);
            results(value.slot());
            code.loadConstant(i);
            expressions.push(value);
            code.arrayStore(Jvm.kind(value.slot()));
        }
        if (result.values().isEmpty()) {
            code.return_();
        } else {
            expressions.push(result.values().getFirst());
            code.return_(Jvm.kind(result.values().getFirst().slot()));
        }
    }
}
