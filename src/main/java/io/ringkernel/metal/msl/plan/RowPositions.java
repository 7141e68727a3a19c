package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.lower.KernelInputs;
import io.ringkernel.metal.msl.run.Lanes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Built-in inputs as expressions over what the loops of generated code count and what the worker knows. */
public final class RowPositions {
    /** The first position in the grid of a stretch, the lane in it, and the row. */
    public static final Expr.Local X = local("x");

    public static final Expr.Local LANE = local("lane");
    public static final Expr.Local Y = local("y");
    public static final Expr.Local Z = local("z");
    /** The position of the lane in its threadgroup. */
    public static final Expr.Local LOCAL_X = local("localX");

    public static final Expr.Local LOCAL_Y = local("localY");
    public static final Expr.Local LOCAL_Z = local("localZ");
    /** The index in the threadgroup of the first lane of a row. */
    public static final Expr.Local ROW = local("row");
    /** The index of the lane in its threadgroup. */
    public static final Expr.Local INDEX = local("index");

    private static final List<String> AXES = List.of("Width", "Height", "Depth");
    private static final Map<Var, String> FIELDS = new ConcurrentHashMap<>();
    private static final Map<String, Expr.Local> BY_FIELD = new ConcurrentHashMap<>();

    private RowPositions() {}

    private static Expr.Local local(String name) {
        return new Expr.Local(new Var(name, Slot.INT, false));
    }

    /** An int field of the worker. */
    public static Expr.Local field(String name) {
        return BY_FIELD.computeIfAbsent(name, n -> {
            var local = local(n);
            FIELDS.put(local.var(), n);
            return local;
        });
    }

    /** The worker's field that a variable stands for, or null. */
    public static String fieldOf(Var var) {
        return FIELDS.get(var);
    }

    /** Whether an input differs between the threads of a row. */
    static boolean variesInRow(KernelInputs.Position position) {
        return switch (position.input()) {
            case THREAD_POSITION_IN_GRID, THREAD_POSITION_IN_THREADGROUP -> position.axis() == 0;
            case THREAD_INDEX_IN_THREADGROUP,
                    THREAD_INDEX_IN_SIMDGROUP,
                    SIMDGROUP_INDEX_IN_THREADGROUP,
                    THREAD_INDEX_IN_QUADGROUP,
                    QUADGROUP_INDEX_IN_THREADGROUP -> true;
            default -> false;
        };
    }

    /** Whether an input differs between the threads of a threadgroup. */
    static boolean variesInGroup(KernelInputs.Position position) {
        return variesInRow(position)
                || position.input() == KernelInput.THREAD_POSITION_IN_GRID
                || position.input() == KernelInput.THREAD_POSITION_IN_THREADGROUP;
    }

    /** The value of an input; {@link #X}, {@link #LANE} and so on are set by the loops. */
    static Expr value(KernelInputs.Position position) {
        var axis = position.axis();
        return switch (position.input()) {
            case THREAD_POSITION_IN_GRID ->
                switch (axis) {
                    case 0 -> Ops.binary(Opcode.IADD, X, LANE);
                    case 1 -> Y;
                    default -> Z;
                };
            case THREAD_POSITION_IN_THREADGROUP ->
                switch (axis) {
                    case 0 -> LOCAL_X;
                    case 1 -> LOCAL_Y;
                    default -> LOCAL_Z;
                };
            case THREADS_PER_GRID, GRID_SIZE -> field("grid" + AXES.get(axis));
            case GRID_ORIGIN -> Expr.constant(0);
            case THREADS_PER_THREADGROUP -> field(AXES.get(axis).toLowerCase(Locale.ROOT));
            case DISPATCH_THREADS_PER_THREADGROUP -> field("nominal" + AXES.get(axis));
            case THREADGROUP_POSITION_IN_GRID -> field("group" + "XYZ".charAt(axis));
            case THREADGROUPS_PER_GRID -> field("groups" + AXES.get(axis));
            case THREAD_INDEX_IN_THREADGROUP -> INDEX;
            case THREAD_EXECUTION_WIDTH, THREADS_PER_SIMDGROUP -> Expr.constant(Lanes.SIMD_WIDTH);
            case THREAD_INDEX_IN_SIMDGROUP -> Ops.binary(Opcode.IAND, INDEX, Expr.constant(Lanes.SIMD_WIDTH - 1));
            case SIMDGROUP_INDEX_IN_THREADGROUP -> Ops.binary(Opcode.IUSHR, INDEX, Expr.constant(5));
            case SIMDGROUPS_PER_THREADGROUP -> parts("", 5);
            case DISPATCH_SIMDGROUPS_PER_THREADGROUP -> parts("nominal", 5);
            case THREAD_INDEX_IN_QUADGROUP -> Ops.binary(Opcode.IAND, INDEX, Expr.constant(Lanes.QUAD_WIDTH - 1));
            case QUADGROUP_INDEX_IN_THREADGROUP -> Ops.binary(Opcode.IUSHR, INDEX, Expr.constant(2));
            case QUADGROUPS_PER_THREADGROUP -> parts("", 2);
            case DISPATCH_QUADGROUPS_PER_THREADGROUP -> parts("nominal", 2);
        };
    }

    /** The number of threads of a threadgroup, divided by a power of two and rounded up. */
    private static Expr parts(String prefix, int shift) {
        Expr product = Expr.constant(1);
        for (var axis : AXES) {
            var name = prefix.isEmpty() ? axis.toLowerCase(Locale.ROOT) : prefix + axis;
            product = Ops.binary(Opcode.IMUL, product, field(name));
        }
        var rounded = Ops.binary(Opcode.IADD, product, Expr.constant((1 << shift) - 1));
        return Ops.binary(Opcode.IUSHR, rounded, Expr.constant(shift));
    }
}
