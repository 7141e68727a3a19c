package io.ringkernel.metal.software.command;

import io.ringkernel.metal.msl.MslKernel;
import io.ringkernel.metal.msl.run.AddressResolver;
import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.Grid;
import io.ringkernel.metal.msl.run.KernelArguments;
import io.ringkernel.metal.msl.run.LogSink;
import io.ringkernel.metal.msl.run.check.CheckSession;
import io.ringkernel.metal.software.foundation.Size;
import io.ringkernel.metal.software.gpu.Watchdog;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One dispatch as it was encoded.
 *
 * @param grid the threads, known when the dispatch runs; empty when there are none
 */
record Dispatch(
        MslKernel kernel,
        MemorySegment[] buffers,
        int[] threadgroupLengths,
        long[] textures,
        long[] samplers,
        Supplier<Optional<Grid>> grid,
        AddressResolver memory,
        LogSink log) {

    /** Runs all threads; throws the kernel's fault. The session is there if kernels are instrumented. */
    void run(Watchdog.Watch watch, Optional<CheckSession> session) {
        var threads = grid.get();
        if (threads.isPresent()) {
            watch.run(kernel.prepare(new KernelArguments(
                    buffers, threadgroupLengths, textures, samplers, threads.get(), memory, log, session)));
        }
    }

    static Supplier<Optional<Grid>> ofThreads(Size threads, Size threadsPerThreadgroup) {
        var grid = Optional.of(Grid.ofThreads(extent(threads), extent(threadsPerThreadgroup)));
        return () -> grid;
    }

    static Supplier<Optional<Grid>> ofThreadgroups(Size threadgroups, Size threadsPerThreadgroup) {
        var grid = Optional.of(Grid.ofThreadgroups(extent(threadgroups), extent(threadsPerThreadgroup)));
        return () -> grid;
    }

    /** Threadgroups that three unsigned ints in a buffer count, read when the dispatch runs; a zero means no work. */
    static Supplier<Optional<Grid>> indirect(MemorySegment counts, Size threadsPerThreadgroup) {
        return () -> {
            long width = Integer.toUnsignedLong(counts.get(ValueLayout.JAVA_INT, 0));
            long height = Integer.toUnsignedLong(counts.get(ValueLayout.JAVA_INT, 4));
            long depth = Integer.toUnsignedLong(counts.get(ValueLayout.JAVA_INT, 8));
            if (width == 0 || height == 0 || depth == 0) {
                return Optional.empty();
            }
            try {
                var threadgroups = extent(new Size(width, height, depth));
                return Optional.of(Grid.ofThreadgroups(threadgroups, extent(threadsPerThreadgroup)));
            } catch (ArithmeticException e) {
                throw CommandFault.invalidResource(
                        "an indirect dispatch of (" + width + ", " + height + ", " + depth + ") threadgroups");
            }
        };
    }

    private static Extent extent(Size size) {
        return new Extent(Math.toIntExact(size.width()), Math.toIntExact(size.height()), Math.toIntExact(size.depth()));
    }
}
