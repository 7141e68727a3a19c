package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.run.check.Instrumentation;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What the runtime must know about a kernel's generated code.
 *
 * @param code makes no assumption on the dispatch
 * @param bufferIndices the buffers in the order in which the code numbers them
 * @param lanes how many arrays by lane the code uses
 * @param checks whether accesses are checked against their buffers
 * @param instrumented what the code looks for while it runs
 */
public record KernelPlan(
        KernelCode code,
        Shape shape,
        List<Integer> bufferIndices,
        Memory memory,
        LaneArrays lanes,
        boolean checks,
        Instrumented instrumented) {

    /**
     * What instrumented code looks for.
     *
     * @param siteLines the source line of each access by the number that the code tells
     * @param bufferNames the buffers' names in the order in which the code numbers them
     */
    public record Instrumented(Instrumentation instrumentation, List<Integer> siteLines, List<String> bufferNames) {

        public Instrumented {
            siteLines = List.copyOf(siteLines);
            bufferNames = List.copyOf(bufferNames);
        }
    }

    /**
     * Memory that is not bound.
     *
     * @param shared threadgroup memory in the order in which the code numbers it
     * @param frameBytes private memory of one thread in the kernel's own frame
     * @param calls whether functions with frames of their own may be called
     * @param constants the program's constants in memory
     * @param arrays what messages say of arrays that code subscripts, by their number in the code
     */
    public record Memory(
            List<Shared> shared, int frameBytes, boolean calls, MemorySegment constants, List<String> arrays) {

        public Memory {
            shared = List.copyOf(shared);
            arrays = List.copyOf(arrays);
        }
    }

    /** How threads are grouped into calls of {@link KernelCode#run}. */
    public enum Shape {
        /** Stretches of rows of the grid. */
        ROWS,
        /** Rows of one threadgroup. */
        GROUP_ROWS,
        /** One threadgroup. */
        GROUPS
    }

    /** A threadgroup variable of {@code byteSize}, or the memory at {@code argument} unless that is -1. */
    public record Shared(String name, int argument, int byteSize) {}

    /** How many arrays with one element per lane there are of each type. */
    public record LaneArrays(int ints, int longs, int floats, int segments) {
        /** Whether there are any. */
        boolean isEmpty() {
            return ints + longs + floats + segments == 0;
        }
    }

    public KernelPlan {
        bufferIndices = List.copyOf(bufferIndices);
    }

    /** Runs the code that fills the constants; {@code frameBytes} is private memory that it needs. */
    public void initializeConstants(long frameBytes) {
        var memory = WorkerMemory.take();
        try {
            code.initializeConstants(new Worker(this, memory, frameBytes));
        } finally {
            memory.giveBack();
        }
    }
}
