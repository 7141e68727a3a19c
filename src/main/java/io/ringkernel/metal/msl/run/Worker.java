package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.run.KernelFault.Kind;
import io.ringkernel.metal.msl.run.check.AccessCheck;
import io.ringkernel.metal.msl.texture.TextureUnit;
import java.lang.foreign.MemorySegment;

/**
 * What one thread of the JVM needs to run units of one dispatch; generated code reads and writes its fields. Its public
 * members are the contract with generated code.
 */
public final class Worker {
    /** The result slots behind the first of a generated function. */
    public final int[] intResults;

    public final long[] longResults;
    public final float[] floatResults;
    public final Object[] segmentResults;

    /** Reads, writes and samples textures. */
    public final TextureUnit textures;

    /** Which construct a lane waits at the end of; 0 is running. */
    public final int[] waiting;

    /** Private memory. */
    public final MemorySegment stack;

    /** What instrumented code calls; null for other code. */
    public final AccessCheck check;

    /** The program's constants. */
    public final MemorySegment constants;

    /** The threads of the grid, and the threads that a threadgroup has unless it is at an edge. */
    public final int gridWidth;

    public final int gridHeight;
    public final int gridDepth;
    public final int nominalWidth;
    public final int nominalHeight;
    public final int nominalDepth;
    public final int groupsWidth;
    public final int groupsHeight;
    public final int groupsDepth;

    /** The position of the current threadgroup among threadgroups, and its size. */
    public int groupX;

    public int groupY;
    public int groupZ;
    public int width;
    public int height;
    public int depth;

    private final Dispatch dispatch;
    private final MemorySegment[] buffers;
    private final long[] offsets;
    private final MemorySegment[] shared;
    private final int[][] ints;
    private final long[][] longs;
    private final float[][] floats;
    private final Object[][] segments;
    private MemorySegment lastResolved = MemorySegment.NULL;

    /** For the threads of a dispatch. */
    Worker(Dispatch dispatch, WorkerMemory memory) {
        this(dispatch, dispatch.plan(), dispatch.grid(), memory, dispatch.stackBytes());
    }

    /** For code that no dispatch runs: that of constants. */
    Worker(KernelPlan plan, WorkerMemory memory, long stackBytes) {
        this(null, plan, new Grid(new Extent(1, 1, 1), new Extent(1, 1, 1)), memory, stackBytes);
    }

    private Worker(Dispatch dispatch, KernelPlan plan, Grid grid, WorkerMemory memory, long stackBytes) {
        this.dispatch = dispatch;
        intResults = memory.intResults;
        longResults = memory.longResults;
        floatResults = memory.floatResults;
        segmentResults = memory.segmentResults;
        textures = memory.textures;
        gridWidth = grid.threads().width();
        gridHeight = grid.threads().height();
        gridDepth = grid.threads().depth();
        nominalWidth = grid.threadsPerThreadgroup().width();
        nominalHeight = grid.threadsPerThreadgroup().height();
        nominalDepth = grid.threadsPerThreadgroup().depth();
        groupsWidth = grid.threadgroups().width();
        groupsHeight = grid.threadgroups().height();
        groupsDepth = grid.threadgroups().depth();
        buffers = dispatch == null ? new MemorySegment[0] : dispatch.buffers();
        offsets = dispatch == null ? new long[0] : dispatch.offsets();
        shared = dispatch == null ? new MemorySegment[0] : dispatch.divideShared(memory);
        constants = Memory.withoutScope(plan.memory().constants());
        var lanes = dispatch == null ? 0 : dispatch.threadsPerCall();
        waiting = new int[plan.shape() == KernelPlan.Shape.GROUPS ? lanes : 0];
        stack = memory.stack(stackBytes);
        ints = new int[plan.lanes().ints()][lanes];
        longs = new long[plan.lanes().longs()][lanes];
        floats = new float[plan.lanes().floats()][lanes];
        segments = new Object[plan.lanes().segments()][lanes];
        check = dispatch != null && dispatch.isSequential() ? accessCheck(grid, memory) : null;
    }

    private AccessCheck accessCheck(Grid grid, WorkerMemory memory) {
        var plan = dispatch.plan();
        var subject = new AccessCheck.Subject(
                plan.code().kernel(),
                grid,
                plan.instrumented().instrumentation(),
                plan.instrumented().siteLines(),
                address -> dispatch.place(address, this));
        return new AccessCheck(
                dispatch.session(), subject, new AccessCheck.Regions(stack, memory.shared(0), constants));
    }

    /** The memory of the buffer that the code numbers so. */
    public MemorySegment buffer(int number) {
        return buffers[number];
    }

    /** The offset in {@link #buffer} at which the argument begins. */
    public long bufferOffset(int number) {
        return offsets[number];
    }

    /** The threadgroup memory that the code numbers so. */
    public MemorySegment shared(int number) {
        return shared[number];
    }

    public int[] ints(int number) {
        return ints[number];
    }

    public long[] longs(int number) {
        return longs[number];
    }

    public float[] floats(int number) {
        return floats[number];
    }

    public Object[] segments(int number) {
        return segments[number];
    }

    /** The memory behind an address that was loaded from memory or made from an integer. */
    public MemorySegment resolve(long address) {
        if (address == 0) {
            return Memory.NULL;
        }
        if (dispatch == null || !dispatch.plan().checks()) {
            return Memory.EVERYTHING;
        }
        if (!holds(lastResolved, address)) {
            lastResolved = find(address);
        }
        return lastResolved;
    }

    private MemorySegment find(long address) {
        if (holds(stack, address)) {
            return stack;
        }
        for (var variable : shared) {
            if (holds(variable, address)) {
                return variable;
            }
        }
        for (var buffer : buffers) {
            if (holds(buffer, address)) {
                return buffer;
            }
        }
        if (holds(constants, address)) {
            return constants;
        }
        return dispatch.memory()
                .find(address)
                .map(Memory::withoutScope)
                .orElseThrow(() ->
                        new MemoryFault(Kind.DANGLING_POINTER, "no live buffer at address 0x%x".formatted(address)));
    }

    static boolean holds(MemorySegment segment, long address) {
        return Long.compareUnsigned(address - segment.address(), segment.byteSize()) < 0;
    }

    /** Sends the message in so many words of memory to whoever listens to the dispatch. */
    public void log(MemorySegment words, long offset, int length) {
        if (dispatch != null && dispatch.log() != LogSink.NONE) {
            new LogRecord(words, offset, length, this::resolve).sendTo(dispatch.log());
        }
    }

    /** Throws when the run was cancelled; what {@link Cancellation#poll} does once armed. */
    public void requireNotCancelled() {
        if (dispatch != null) {
            dispatch.requireNotCancelled();
        }
    }

    /** What generated code throws for an exception in the thread at a position of the grid. */
    public Throwable fault(Throwable thrown, int x, int y, int z) {
        return new Faults(thrown, dispatch, this, new Extent(x, y, z)).describe();
    }

    /** The same for the thread at a position in the current threadgroup. */
    public Throwable laneFault(Throwable thrown, int x, int y, int z) {
        return fault(thrown, groupX * nominalWidth + x, groupY * nominalHeight + y, groupZ * nominalDepth + z);
    }

    /** The position in the grid of a lane of the current threadgroup. */
    Extent position(int lane) {
        return new Extent(
                groupX * nominalWidth + lane % width,
                groupY * nominalHeight + lane / width % height,
                groupZ * nominalDepth + lane / width / height);
    }

    /** The handle of the texture at an index; 0 if there is none. */
    public long texture(int index) {
        return dispatch.texture(index);
    }

    /** The handle of the sampler at an index; 0 if there is none. */
    public long sampler(int index) {
        return dispatch.sampler(index);
    }

    void enterGroup(int x, int y, int z) {
        groupX = x;
        groupY = y;
        groupZ = z;
        width = Math.min(nominalWidth, gridWidth - x * nominalWidth);
        height = Math.min(nominalHeight, gridHeight - y * nominalHeight);
        depth = Math.min(nominalDepth, gridDepth - z * nominalDepth);
        if (check != null) {
            for (var variable : shared) {
                variable.fill(Memory.POISON);
            }
            check.beginGroup(x, y, z);
        }
    }
}
