package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.plan.GroupStmt;
import io.ringkernel.metal.msl.plan.Outliner;
import io.ringkernel.metal.msl.plan.RowsLayout;
import io.ringkernel.metal.msl.plan.StridedLoop;
import io.ringkernel.metal.msl.plan.StridedPlan;
import io.ringkernel.metal.msl.run.Rows;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes the method that runs the threads of a stretch of a row as a {@link StridedPlan} has it. Lanes take turns only
 * where no access can fail; elsewhere they run one after the other, so that a fault is that of the plain code.
 */
final class StridedEmitter {
    private static final LibraryMethod TAKE_TURNS =
            Methods.method(Rows.class, "takeTurns", boolean.class, int.class, int.class, int.class, int.class);
    private static final LibraryMethod HOLDS = Methods.method(
            Rows.class,
            "holds",
            boolean.class,
            MemorySegment.class,
            long.class,
            long.class,
            int.class,
            int.class,
            int.class);
    private static final LibraryMethod MOVE = Methods.method(
            Rows.class,
            "move",
            boolean.class,
            MemorySegment.class,
            long.class,
            MemorySegment.class,
            long.class,
            long.class);

    private static final MethodTypeDesc MIN =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);

    private final RowsLayout layout;
    private final StridedPlan strided;
    private final ClassDesc owner;
    private final CodeBuilder code;
    private final Consumer<FunctionCode> functions;
    private final RowsFrame frame;
    private final StmtEmitter statements;
    private final int first;
    private final int limit;
    private int turns;

    StridedEmitter(
            RowsLayout layout,
            StridedPlan strided,
            ClassDesc owner,
            CodeBuilder code,
            Consumer<FunctionCode> functions) {
        this.layout = layout;
        this.strided = strided;
        this.owner = owner;
        this.code = code;
        this.functions = functions;
        frame = new RowsFrame(layout, owner, code);
        statements = frame.statements();
        first = code.allocateLocal(TypeKind.INT);
        limit = code.allocateLocal(TypeKind.INT);
    }

    void emit() {
        var end = code.newLabel();
        frame.prologue(end);
        frame.bounds(first, limit);
        code.iload(first).iload(limit).if_icmpge(end);
        var body = strided.plan().body();
        var uniform = new UniformEmitter(code, statements, this::region);
        uniform.variables(body);
        statements.define(layout.program().exit(), end, end);
        // What all do as one is the first lane's, should it fail.
        code.iload(first).istore(frame.lane());
        var from = Jvm.beginRange(code);
        uniform.emit(body);
        code.labelBinding(end).return_();
        frame.handler(from, end);
    }

    private void region(GroupStmt.Region region) {
        var body = strided.statements(region);
        var loop = strided.loop(region);
        if (loop.isPresent()) {
            var oneByOne = code.newLabel();
            var done = code.newLabel();
            new Turns(loop.get(), oneByOne, done).emit();
            code.labelBinding(oneByOne);
            lanes(Outliner.apart(body, "row$turn" + turns++, functions));
            code.labelBinding(done);
        } else if (strided.isOnlyChecks(region)) {
            statements.emit(body);
        } else {
            lanes(body);
        }
    }

    /** One lane after the other. */
    private void lanes(List<Stmt> body) {
        var read = new LinkedHashSet<Var>();
        IrWalk.forEachRead(body, read::add);
        frame.eachLane(first, limit, read, _ -> emitter(frame.homes().copy()).emit(body));
    }

    private StmtEmitter emitter(Homes homes) {
        return new StmtEmitter(code, owner, homes, Expr.constant(0L), true);
    }

    /** The iterations of all lanes in turn: rounds of one iteration a lane, all in one if no lane is elsewhere. */
    private final class Turns {
        private final StridedLoop loop;
        private final Label oneByOne;
        private final Label done;
        private final int from = code.allocateLocal(TypeKind.INT);
        private final int bound = code.allocateLocal(TypeKind.INT);
        private final int step = code.allocateLocal(TypeKind.INT);
        private final int count = code.allocateLocal(TypeKind.INT);
        private final int to = code.allocateLocal(TypeKind.INT);

        Turns(StridedLoop loop, Label oneByOne, Label done) {
            this.loop = loop;
            this.oneByOne = oneByOne;
            this.done = done;
        }

        void emit() {
            statements.emit(loop.checks());
            statements.expressions().line(loop.loop().line());
            prepare();
            code.iload(from).iload(bound).if_icmpge(done);
            loop.accesses().forEach(this::require);
            join();
            var top = code.newBoundLabel();
            code.iload(bound).iload(from).iload(count).iadd();
            code.invokestatic(Jvm.describe(Math.class), "min", MIN).istore(to);
            round();
            code.iload(from).iload(step).iadd().istore(from);
            code.iload(from).iload(bound).if_icmplt(top).goto_(done);
        }

        private void prepare() {
            var expressions = statements.expressions();
            expressions.push(loop.start());
            code.iload(first).iadd().istore(from);
            expressions.push(loop.bound());
            code.istore(bound);
            expressions.push(loop.step());
            code.istore(step);
            code.iload(limit).iload(first).isub().istore(count);
            code.iload(from).iload(bound).iload(step).iload(count);
            Jvm.invoke(code, TAKE_TURNS);
            code.ifeq(oneByOne);
        }

        private void require(StridedLoop.Access access) {
            var expressions = statements.expressions();
            expressions.push(access.segment());
            expressions.push(access.base());
            expressions.push(access.factor());
            code.iload(from).iload(bound).loadConstant(access.cell().byteSize());
            Jvm.invoke(code, HOLDS);
            code.ifeq(oneByOne);
        }

        /** Lanes of this stretch that are as many as the step leave nothing to others: one round has all. */
        private void join() {
            var apart = code.newLabel();
            code.iload(step).iload(count).if_icmpne(apart);
            code.iload(bound).iload(from).isub().dup().istore(step).istore(count);
            code.labelBinding(apart);
        }

        private void round() {
            var next = code.newLabel();
            var counter = code.allocateLocal(TypeKind.INT);
            var homes = frame.homes().copy();
            homes.place(loop.counter(), counter);
            var body = emitter(homes);
            code.iload(from).istore(counter);
            loop.copy().ifPresent(copy -> {
                copy(copy, body.expressions());
                code.ifne(next);
            });
            var top = code.newBoundLabel();
            code.iload(counter).iload(to).if_icmpge(next);
            body.emit(loop.loop().body());
            statements.poll();
            code.iinc(counter, 1).goto_(top);
            code.labelBinding(next);
            statements.poll();
        }

        /** Copies the round's elements at once; leaves whether that was possible. */
        private void copy(StridedLoop.Copy copy, ExprEmitter expressions) {
            for (var access : List.of(copy.from(), copy.to())) {
                expressions.push(access.segment());
                expressions.push(access.offset(new Expr.Local(loop.counter())));
            }
            code.iload(to).iload(from).isub().i2l();
            code.loadConstant((long) copy.byteSize()).lmul();
            Jvm.invoke(code, MOVE);
        }
    }
}
