package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.ir.Cell;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.plan.GroupStmt;
import io.ringkernel.metal.msl.plan.Interchange;
import io.ringkernel.metal.msl.plan.Outliner;
import io.ringkernel.metal.msl.plan.RowAccesses;
import io.ringkernel.metal.msl.plan.RowsLayout;
import io.ringkernel.metal.msl.run.Rows;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes the method that runs the threads of a stretch of a row together, see {@link Interchange}. Whatever is thrown
 * while nothing has had an effect yet, and a stretch too short to gain, goes to {@link #LANES}: it says exactly which
 * thread failed, and where.
 */
final class StripEmitter {
    /** The method that runs the threads one after the other. */
    static final String LANES = "lanes";

    /** Below, setting up a loop for each statement costs what it gains. */
    private static final int FEWEST_LANES = 16;

    /** The same of copying rows. */
    private static final int FEWEST_WITHOUT_LOOPS = 48;

    private static final LibraryMethod REQUIRE =
            Methods.method(Rows.class, "require", void.class, MemorySegment.class, long.class, int.class, int.class);

    private final Interchange interchange;
    private final RowsLayout layout;
    private final ClassDesc owner;
    private final CodeBuilder code;
    private final Consumer<FunctionCode> functions;
    private final RowsFrame frame;
    private final StmtEmitter statements;
    private final UniformEmitter uniform;
    private final Map<Var, Integer> arrays = new LinkedHashMap<>();
    private final int first;
    private final int limit;
    private int strips;

    StripEmitter(
            RowsLayout layout,
            Interchange interchange,
            ClassDesc owner,
            CodeBuilder code,
            Consumer<FunctionCode> functions) {
        this.layout = layout;
        this.interchange = interchange;
        this.owner = owner;
        this.code = code;
        this.functions = functions;
        frame = new RowsFrame(layout, owner, code);
        statements = frame.statements();
        uniform = new UniformEmitter(code, statements, this::region);
        first = code.allocateLocal(TypeKind.INT);
        limit = code.allocateLocal(TypeKind.INT);
    }

    /** A method that copies a row of cells between memory and an array. */
    private static LibraryMethod copy(String name, Cell cell) {
        var array = cell.slot().arrayType();
        return Methods.method(
                Rows.class, name, void.class, array, MemorySegment.class, long.class, int.class, int.class);
    }

    void emit() {
        var end = code.newLabel();
        var alone = code.newLabel();
        var fewest = interchange.hasLoops() ? FEWEST_LANES : FEWEST_WITHOUT_LOOPS;
        code.iload(RowsFrame.COUNT).loadConstant(fewest).if_icmplt(alone);
        frame.prologue(end);
        frame.bounds(first, limit);
        code.iload(limit).iload(first).isub().loadConstant(fewest).if_icmplt(alone);
        variables();
        var from = Jvm.beginRange(code);
        var body = interchange.plan().body();
        uniform.emit(body.subList(0, body.size() - 1));
        var rest = (GroupStmt.Region) body.getLast();
        var stores = interchange.restIsRows() ? interchange.accesses(rest).stores() : List.<RowAccesses.Row>of();
        if (interchange.restIsRows()) {
            region(rest);
            require(stores);
        }
        var to = Jvm.beginRange(code);
        stores.forEach(row -> copy("store", row));
        if (!interchange.restIsRows()) {
            lanes(interchange.statements(rest), false);
        }
        var last = code.newBoundLabel();
        code.labelBinding(end).return_();
        frame.handler(to, last);
        var handler = code.newBoundLabel();
        code.pop().labelBinding(alone);
        code.aload(0).aload(RowsFrame.WORKER);
        code.iload(RowsFrame.X).iload(RowsFrame.COUNT).iload(RowsFrame.Y).iload(RowsFrame.Z);
        code.invokevirtual(owner, LANES, ClassEmitter.RUN).return_();
        code.exceptionCatch(from, to, handler, ConstantDescs.CD_Throwable);
    }

    /** Fetches the arrays, and gives variables of all lanes a value from the start. */
    private void variables() {
        interchange.numbers().vars().forEach(var -> {
            code.aload(RowsFrame.WORKER).loadConstant(interchange.numbers().of(var));
            var type = var.slot().arrayType();
            Jvm.invokeWorker(code, GroupFrame.arrays(var.slot()), type, int.class);
            var local = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(local);
            arrays.put(var, local);
        });
        code.iconst_0().istore(frame.lane());
        uniform.variables(interchange.plan().body());
    }

    private void region(GroupStmt.Region region) {
        var accesses = interchange.accesses(region);
        accesses.once().forEach(statements::emit);
        accesses.rows().forEach(row -> copy("load", row));
        lanes(accesses.body(), true);
    }

    private void copy(String name, RowAccesses.Row row) {
        code.aload(arrays.get(row.values()));
        place(row);
        Jvm.invoke(code, copy(name, row.cell()));
    }

    /** Once this is past, no store fails. */
    private void require(List<RowAccesses.Row> stores) {
        stores.forEach(row -> {
            place(row);
            Jvm.invoke(code, REQUIRE);
        });
    }

    private void place(RowAccesses.Row row) {
        statements.expressions().push(row.segment());
        statements.expressions().push(row.offset());
        code.iload(first).iload(limit);
    }

    /** A loop over lanes; variables in arrays are locals within it. */
    private void lanes(List<Stmt> body, boolean keeps) {
        var read = new LinkedHashSet<Var>();
        IrWalk.forEachRead(body, read::add);
        var set = new LinkedHashSet<Var>();
        IrWalk.forEachSet(body, set::add);
        var kept = new ArrayList<>(interchange.numbers().vars());
        kept.removeIf(var -> !read.contains(var) && !set.contains(var));
        frame.eachLane(first, limit, read, next -> {
            var homes = frame.homes().copy();
            for (var var : kept) {
                code.aload(arrays.get(var)).iload(frame.lane()).arrayLoad(Jvm.kind(var.slot()));
                code.storeLocal(Jvm.kind(var.slot()), homes.local(code, var));
            }
            var callStack = Expr.constant((long) layout.program().frame().byteSize());
            var outside = new Outliner.Outside(Set.copyOf(kept), keeps ? Set.copyOf(kept) : Set.of());
            var emitter = new StmtEmitter(code, owner, homes, callStack, true);
            emitter.define(layout.program().exit(), next, next);
            emitter.emit(Outliner.split(body, "strip" + strips++, outside, functions));
            kept.removeIf(var -> !keeps || !set.contains(var));
            for (var var : kept) {
                code.aload(arrays.get(var)).iload(frame.lane());
                code.loadLocal(Jvm.kind(var.slot()), homes.local(code, var)).arrayStore(Jvm.kind(var.slot()));
            }
        });
    }
}
