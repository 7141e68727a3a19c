package io.ringkernel.metal.msl.program;

import io.ringkernel.metal.msl.MslCompiler;
import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.run.AddressResolver;
import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.Grid;
import io.ringkernel.metal.msl.run.KernelArguments;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/** Runs one kernel of a source over arrays of 32-bit words, which hold what the kernel left in them afterwards. */
final class ProgramRun {
    private static final String HEAD = "#include <metal_stdlib>\nusing namespace metal;\n";

    private final String source;
    private final boolean fast;

    ProgramRun(String source, boolean fast) {
        this.source = source;
        this.fast = fast;
    }

    void run(String kernel, int threads, int threadsPerThreadgroup, int[]... buffers) {
        run(kernel, new Extent(threads, 1, 1), new Extent(threadsPerThreadgroup, 1, 1), buffers);
    }

    void run(String kernel, Extent threads, Extent threadsPerThreadgroup, int[]... buffers) {
        var options = MslOptions.of(LanguageVersion.METAL_3_1).withFast(fast);
        try (var library = MslCompiler.compile(HEAD + source, options);
                var arena = Arena.ofConfined()) {
            var memory = new MemorySegment[buffers.length];
            for (int i = 0; i < buffers.length; i++) {
                memory[i] = arena.allocate(4L * buffers[i].length, 16);
                memory[i].copyFrom(MemorySegment.ofArray(buffers[i]));
            }
            var run = library.specialize(kernel, Map.of())
                    .prepare(new KernelArguments(
                            memory, new int[0], Grid.ofThreads(threads, threadsPerThreadgroup), AddressResolver.NONE));
            run.run(0, run.unitCount());
            for (int i = 0; i < buffers.length; i++) {
                MemorySegment.copy(memory[i], ValueLayout.JAVA_INT, 0, buffers[i], 0, buffers[i].length);
            }
        }
    }
}
