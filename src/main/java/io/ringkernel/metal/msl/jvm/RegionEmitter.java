package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.plan.GroupStmt;
import io.ringkernel.metal.msl.plan.Outliner;
import io.ringkernel.metal.msl.plan.RowAccesses;
import io.ringkernel.metal.msl.plan.RowPositions;
import io.ringkernel.metal.msl.plan.RowsPlan;
import io.ringkernel.metal.msl.run.Rows;
import io.ringkernel.metal.msl.run.check.AccessCheck;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Writes a region: loops over the lanes of a threadgroup, the innermost over those of a row. */
final class RegionEmitter {
    private static final LibraryMethod BELOW = Methods.method(Rows.class, "below", int.class, int.class, long.class);
    private static final LibraryMethod FROM = Methods.method(Rows.class, "from", int.class, int.class, long.class);

    private static final LibraryMethod COPY = Methods.method(
            Rows.class,
            "copy",
            void.class,
            MemorySegment.class,
            long.class,
            MemorySegment.class,
            long.class,
            int.class,
            int.class);

    /** Below, a copy costs what it gains. */
    private static final int FEWEST_LANES = 32;

    private final KernelProgram program;
    private final ClassDesc owner;
    private final GroupFrame frame;
    private final Consumer<FunctionCode> functions;
    private final String method;
    private int regions;

    RegionEmitter(ClassDesc owner, GroupFrame frame, String method, Consumer<FunctionCode> functions) {
        this.method = method;
        this.functions = functions;
        program = frame.layout().program();
        this.owner = owner;
        this.frame = frame;
    }

    /** {@code masked} if some lanes may be waiting; they do nothing. */
    void emit(CodeBuilder outer, GroupStmt.Region region, boolean masked) {
        var statements = new ArrayList<>(frame.plan().recomputed(region));
        statements.addAll(region.body());
        outer.block(code -> new Loops(code, statements, masked).emit());
    }

    /** The loops of one region. */
    private final class Loops {
        private final CodeBuilder code;
        private final boolean masked;
        private final Homes homes;
        private final StmtEmitter statements;
        private final RowsPlan plan;
        private final Set<Var> known;
        private final Set<Var> used = new LinkedHashSet<>();
        private final int lane;

        private Loops(CodeBuilder code, List<Stmt> body, boolean masked) {
            this.code = code;
            this.masked = masked;
            homes = frame.homes().copy();
            statements = new StmtEmitter(
                    code,
                    owner,
                    homes,
                    frame.layout().callStack(),
                    program.options().fast());
            known = new LinkedHashSet<>(frame.known());
            known.add(RowPositions.ROW.var());
            IrWalk.forEachSet(body, known::remove);
            var surroundings = new RowsPlan.Surroundings(
                    program.options(),
                    new Stmt.Target("none"),
                    frame.layout().laneForms(),
                    known,
                    frame.plan().arrays());
            plan = RowsPlan.of(body, surroundings);
            IrWalk.forEachRead(plan.body(), used::add);
            IrWalk.forEachRead(plan.prologue(), used::add);
            plan.bounds().forEach(b -> IrWalk.forEachRead(b.lane(), used::add));
            frame.layout().lanePositions().forEach((var, value) -> {
                if (used.contains(var)) {
                    IrWalk.forEachRead(value, used::add);
                }
            });
            homes.place(RowPositions.LANE.var(), frame.x());
            homes.place(RowPositions.LOCAL_X.var(), frame.x());
            homes.place(RowPositions.LOCAL_Y.var(), frame.y());
            homes.place(RowPositions.LOCAL_Z.var(), frame.z());
            lane = homes.local(code, RowPositions.INDEX.var());
            homes.lane(lane);
        }

        /** One loop over all rows: with a loop in a loop, the JIT compiler makes less of that over lanes. */
        private void emit() {
            var next = code.newLabel();
            code.iconst_0().istore(frame.z()).iconst_0().istore(frame.y());
            var top = code.newBoundLabel();
            row();
            code.iinc(frame.y(), 1).iload(frame.y()).iload(field("height")).if_icmplt(next);
            code.iconst_0().istore(frame.y()).iinc(frame.z(), 1);
            code.labelBinding(next).iload(frame.z()).iload(field("depth")).if_icmplt(top);
            // What the group does as one is the first lane's, should it fail; y is 0 again.
            code.iconst_0().istore(frame.x()).iconst_0().istore(frame.z());
        }

        private int field(String name) {
            return homes.local(code, RowPositions.field(name).var());
        }

        private void row() {
            set(RowPositions.ROW.var(), row0());
            position(RowPositions.Y, "groupY", "nominalHeight", RowPositions.LOCAL_Y);
            position(RowPositions.Z, "groupZ", "nominalDepth", RowPositions.LOCAL_Z);
            plan.prologue().forEach(statements::emit);
            var end = code.newLabel();
            for (var condition : plan.conditions()) {
                statements.expressions().branch(condition, false, end);
            }
            var limit = Homes.fresh(code, TypeKind.INT);
            code.iload(field("width")).istore(limit);
            code.iconst_0().istore(frame.x());
            bounds(limit);
            move().ifPresent(move -> copy(move, limit, end));
            lanes(limit, end);
            code.labelBinding(end);
        }

        private static Expr row0() {
            var rows = Ops.binary(
                    Opcode.IADD,
                    Ops.binary(Opcode.IMUL, RowPositions.LOCAL_Z, RowPositions.field("height")),
                    RowPositions.LOCAL_Y);
            return Ops.binary(Opcode.IMUL, rows, RowPositions.field("width"));
        }

        private void position(Expr.Local target, String group, String size, Expr.Local local) {
            if (used.contains(target.var())) {
                var origin = Ops.binary(Opcode.IMUL, RowPositions.field(group), RowPositions.field(size));
                set(target.var(), Ops.binary(Opcode.IADD, origin, local));
            }
        }

        private void set(Var var, Expr value) {
            statements.emit(new Stmt.Set(var, value, 0));
        }

        private void bounds(int limit) {
            for (var bound : plan.bounds()) {
                code.iload(bound.isUpper() ? limit : frame.x());
                statements.expressions().push(bound.lane());
                Jvm.invoke(code, bound.isUpper() ? BELOW : FROM);
                code.istore(bound.isUpper() ? limit : frame.x());
            }
        }

        /** All that the region does, if that is to move rows. */
        private Optional<RowAccesses.Move> move() {
            if (masked || !program.options().fast()) {
                return Optional.empty();
            }
            var before = new LinkedHashSet<>(known);
            IrWalk.forEachSet(plan.prologue(), before::add);
            var accesses = new RowAccesses(plan.body(), frame.layout().laneForms(), program.options(), expression -> {
                var isKnown = new boolean[] {expression.isPure()};
                IrWalk.forEachRead(expression, var -> isKnown[0] &= before.contains(var));
                return isKnown[0];
            });
            return accesses.move(frame.plan().arrays());
        }

        /** The lanes from the counter on at once; short rows and those that fail are left to the loop that follows. */
        private void copy(RowAccesses.Move move, int limit, Label end) {
            var alone = code.newLabel();
            code.iload(limit).iload(frame.x()).isub().loadConstant(FEWEST_LANES).if_icmplt(alone);
            var from = code.newBoundLabel();
            for (var row : List.of(move.from(), move.to())) {
                statements.expressions().push(row.segment());
                statements.expressions().push(row.offset());
            }
            code.iload(frame.x()).iload(limit);
            Jvm.invoke(code, COPY);
            var to = code.newBoundLabel();
            code.goto_(end);
            var handler = code.newBoundLabel();
            // The loop says which lane failed, after those before it did what they do.
            code.pop().labelBinding(alone);
            code.exceptionCatch(from, to, handler, ConstantDescs.CD_Throwable);
        }

        private void lanes(int limit, Label end) {
            var top = code.newLabel();
            var next = code.newLabel();
            code.labelBinding(top).iload(frame.x()).iload(limit).if_icmpge(end);
            code.iload(homes.local(code, RowPositions.ROW.var()))
                    .iload(frame.x())
                    .iadd()
                    .istore(lane);
            if (masked) {
                code.aload(frame.waiting()).iload(lane).iaload().ifne(next);
            }
            if (program.options().instrumentation().isOn()) {
                homes.worker(code);
                Jvm.partOfWorker(code, AccessCheck.class);
                code.iload(lane).putfield(Jvm.describe(AccessCheck.class), "lane", ConstantDescs.CD_int);
            }
            frame.layout().lanePositions().forEach((var, value) -> {
                if (used.contains(var)) {
                    set(var, value);
                }
            });
            if (used.contains(SpecialVars.FRAME.var())) {
                var bytes = (long) program.frame().byteSize();
                set(
                        SpecialVars.FRAME.var(),
                        Ops.binary(Opcode.LMUL, Ops.unary(Opcode.I2L, RowPositions.INDEX), Expr.constant(bytes)));
            }
            statements.onOtherJumps(jump -> {
                code.aload(frame.waiting()).iload(lane);
                code.loadConstant(frame.plan().waitNumber(jump.target(), jump.isContinue()));
                code.iastore().goto_(next);
            });
            var arrays = frame.plan().arrays();
            var outside = new Outliner.Outside(arrays, arrays);
            var body = Outliner.split(plan.body(), method + "$region" + regions++, outside, functions);
            statements.emit(body);
            code.labelBinding(next).iinc(frame.x(), 1).goto_(top);
        }
    }
}
