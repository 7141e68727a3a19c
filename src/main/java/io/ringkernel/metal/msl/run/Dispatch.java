package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.run.KernelFault.Kind;
import io.ringkernel.metal.msl.run.KernelPlan.Shape;
import io.ringkernel.metal.msl.run.check.CheckSession;
import io.ringkernel.metal.msl.run.check.FindingSink;
import io.ringkernel.metal.msl.run.check.Place;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A kernel bound to arguments and a grid. */
public final class Dispatch implements KernelRun {
    private static final int LONGEST_STRETCH = 4096;
    /** With arrays by lane: they stay in the first-level cache. */
    private static final int LONGEST_STRIP = 512;

    private static final int SHORTEST_STRETCH = 256;
    private static final int UNITS_PER_PROCESSOR = 8;
    // Asked once: the answer costs a third of an empty dispatch.
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final long CALL_STACK_BYTES = 256 * 1024;
    private static final long SHARED_ALIGNMENT = 16;
    /** Unbound buffers are empty segments at addresses that no object has, one per index. */
    private static final long UNBOUND_ADDRESS = 0x100;

    private static final MemorySegment[] NO_MEMORY = {};

    private final KernelPlan plan;
    private final Grid grid;
    private final AddressResolver memory;
    private final LogSink log;
    private final CheckSession session;
    private final MemorySegment[] buffers;
    private final long[] offsets;
    private final long[] textures;
    private final long[] samplers;
    private final int[] sharedBytes;
    private final int stretch;
    private final Extent units;
    private volatile Kind cancelled;

    /** Binds; the arguments were checked against the kernel's parameters. */
    public Dispatch(KernelPlan plan, KernelArguments arguments) {
        this.plan = plan;
        grid = arguments.grid();
        memory = arguments.memory();
        textures = arguments.textures();
        samplers = arguments.samplers();
        log = arguments.log();
        session = arguments.session().orElse(null);
        var count = plan.bufferIndices().size();
        buffers = new MemorySegment[count];
        offsets = new long[count];
        for (int i = 0; i < count; i++) {
            bind(i, arguments.buffer(plan.bufferIndices().get(i)));
        }
        sharedBytes = new int[plan.memory().shared().size()];
        for (int i = 0; i < sharedBytes.length; i++) {
            var shared = plan.memory().shared().get(i);
            sharedBytes[i] = shared.argument() < 0 ? shared.byteSize() : arguments.threadgroupLength(shared.argument());
        }
        stretch = stretch();
        units = plan.shape() == Shape.ROWS
                ? new Extent(
                        Math.ceilDiv(grid.threads().width(), stretch),
                        grid.threads().height(),
                        grid.threads().depth())
                : grid.threadgroups();
    }

    private void bind(int number, MemorySegment bound) {
        if (bound == null) {
            buffers[number] = MemorySegment.ofAddress(
                    UNBOUND_ADDRESS + plan.bufferIndices().get(number));
        } else if (plan.checks()) {
            buffers[number] = Memory.withoutScope(bound);
        } else {
            buffers[number] = Memory.EVERYTHING;
            offsets[number] = bound.address();
        }
    }

    /** Short enough that every processor gets several, long enough that a loop over one is worth compiling. */
    private int stretch() {
        var fair = grid.threads().count() / ((long) UNITS_PER_PROCESSOR * PROCESSORS);
        return Math.clamp(fair, SHORTEST_STRETCH, plan.lanes().isEmpty() ? LONGEST_STRETCH : LONGEST_STRIP);
    }

    LogSink log() {
        return log;
    }

    @Override
    public long unitCount() {
        return units.count();
    }

    @Override
    public long threadCount() {
        return grid.threads().count();
    }

    @Override
    public boolean isSequential() {
        return plan.instrumented().instrumentation().isOn();
    }

    CheckSession session() {
        return session == null ? new CheckSession(FindingSink.NONE) : session;
    }

    @Override
    public void run(long fromUnit, long toUnit) {
        var workerMemory = WorkerMemory.take();
        try {
            runUnits(new Worker(this, workerMemory), fromUnit, toUnit);
        } finally {
            workerMemory.giveBack();
        }
    }

    private void runUnits(Worker worker, long fromUnit, long toUnit) {
        var x = (int) (fromUnit % units.width());
        var row = fromUnit / units.width();
        var y = (int) (row % units.height());
        var z = (int) (row / units.height());
        for (long unit = fromUnit; unit < toUnit; unit++) {
            if (cancelled != null) {
                throw (RuntimeException) worker.fault(cancellation(), 0, 0, 0);
            }
            runUnit(worker, x, y, z);
            // Units may be short: no divisions here.
            if (++x == units.width()) {
                x = 0;
                y++;
            }
            if (y == units.height()) {
                y = 0;
                z++;
            }
        }
    }

    private void runUnit(Worker worker, int x, int y, int z) {
        switch (plan.shape()) {
            case ROWS -> {
                var from = x * stretch;
                plan.code().run(worker, from, Math.min(stretch, grid.threads().width() - from), y, z);
            }
            case GROUP_ROWS -> {
                worker.enterGroup(x, y, z);
                for (int row = 0; row < worker.height * worker.depth; row++) {
                    plan.code()
                            .run(
                                    worker,
                                    x * worker.nominalWidth,
                                    worker.width,
                                    y * worker.nominalHeight + row % worker.height,
                                    z * worker.nominalDepth + row / worker.height);
                }
            }
            case GROUPS -> {
                worker.enterGroup(x, y, z);
                plan.code().run(worker, 0, 0, 0, 0);
            }
        }
    }

    long texture(int index) {
        return handleAt(textures, index);
    }

    long sampler(int index) {
        return handleAt(samplers, index);
    }

    private static long handleAt(long[] handles, int index) {
        return index < handles.length ? handles[index] : 0;
    }

    @Override
    public void cancel(Kind reason) {
        cancelled = reason;
        Cancellation.of(plan.code().getClass()).arm();
    }

    void requireNotCancelled() {
        if (cancelled != null) {
            throw cancellation();
        }
    }

    private MemoryFault cancellation() {
        return new MemoryFault(
                cancelled, cancelled == Kind.TIMEOUT ? "ran longer than the device allows" : "was cancelled");
    }

    /** The generated code that it runs. */
    public KernelCode code() {
        return plan.code();
    }

    KernelPlan plan() {
        return plan;
    }

    Grid grid() {
        return grid;
    }

    AddressResolver memory() {
        return memory;
    }

    /** How many threads one call of the kernel's code runs at most. */
    int threadsPerCall() {
        return switch (plan.shape()) {
            case ROWS -> Math.min(stretch, grid.threads().width());
            case GROUP_ROWS -> grid.threadsPerThreadgroup().width();
            case GROUPS -> Math.toIntExact(grid.threadsPerThreadgroup().count());
        };
    }

    MemorySegment[] buffers() {
        return buffers;
    }

    long[] offsets() {
        return offsets;
    }

    long stackBytes() {
        var threads =
                plan.shape() == Shape.GROUPS ? grid.threadsPerThreadgroup().count() : 1;
        return threads * plan.memory().frameBytes() + (plan.memory().calls() ? CALL_STACK_BYTES : 0);
    }

    /** One segment per threadgroup variable, filled with a pattern that no program should rely on. */
    MemorySegment[] divideShared(WorkerMemory workerMemory) {
        if (sharedBytes.length == 0) {
            return NO_MEMORY;
        }
        var total = 0L;
        for (var bytes : sharedBytes) {
            total += (bytes + SHARED_ALIGNMENT - 1) & -SHARED_ALIGNMENT;
        }
        var all = workerMemory.shared(total);
        if (plan.checks()) {
            all.asSlice(0, total).fill(Memory.POISON);
        }
        var parts = new MemorySegment[sharedBytes.length];
        var from = 0L;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = all.asSlice(from, sharedBytes[i]);
            from += (sharedBytes[i] + SHARED_ALIGNMENT - 1) & -SHARED_ALIGNMENT;
        }
        return parts;
    }

    /** The index of the unbound buffer that a segment stands for. */
    OptionalInt unboundIndex(long address, long byteSize) {
        for (int i = 0; i < buffers.length; i++) {
            if (byteSize == 0
                    && buffers[i].byteSize() == 0
                    && address == UNBOUND_ADDRESS + plan.bufferIndices().get(i)) {
                return OptionalInt.of(plan.bufferIndices().get(i));
            }
        }
        return OptionalInt.empty();
    }

    /** What memory begins at an address, for a message. */
    String describe(long address, Worker worker) {
        for (int i = 0; i < buffers.length; i++) {
            if (buffers[i].address() == address) {
                return "the buffer " + nameAt(address) + "at index "
                        + plan.bufferIndices().get(i);
            }
        }
        for (int i = 0; i < sharedBytes.length; i++) {
            if (worker.shared(i).address() == address) {
                return "threadgroup memory '" + plan.memory().shared().get(i).name() + "'";
            }
        }
        if (address == plan.memory().constants().address()) {
            return "the program's constants";
        }
        var name = nameAt(address);
        return name.isEmpty() ? "a buffer" : "the buffer " + name.strip();
    }

    /** What is at an address, for a finding. */
    Place place(long address, Worker worker) {
        for (int i = 0; i < sharedBytes.length; i++) {
            if (Worker.holds(worker.shared(i), address)) {
                var name = plan.memory().shared().get(i).name();
                return new Place(
                        "threadgroup memory '" + name + "'",
                        address - worker.shared(i).address());
            }
        }
        for (int i = 0; i < buffers.length; i++) {
            if (Worker.holds(buffers[i], address)) {
                var name = plan.instrumented().bufferNames().get(i);
                return new Place(
                        "buffer '%s' at index %d"
                                .formatted(name, plan.bufferIndices().get(i)),
                        address - buffers[i].address());
            }
        }
        if (Worker.holds(worker.stack, address)) {
            return new Place("private memory", address - worker.stack.address());
        }
        return new Place(
                "a buffer",
                memory.find(address).map(found -> address - found.address()).orElse(address));
    }

    private String nameAt(long address) {
        var name = memory().nameAt(address);
        return name.isEmpty() ? "" : "'" + name + "' ";
    }

    /** A fault that is found before any thread runs. */
    public static KernelFault refusal(Kind kind, String kernel, String detail) {
        return new KernelFault(kind, kernel, detail, 0, Optional.empty(), OptionalLong.empty(), null);
    }
}
