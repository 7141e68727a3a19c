package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.run.AddressResolver;
import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.Grid;
import io.ringkernel.metal.msl.run.KernelArguments;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.KernelRun;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One kernel with buffers made from Java arrays; all units run on the calling thread unless a test does it itself. */
final class TestKernel implements AutoCloseable {
    static final String HEADER = "#include <metal_stdlib>\nusing namespace metal;\n";

    private static final int SLOTS = 31;

    private final Arena arena = Arena.ofShared();
    private final MslLibrary library;
    private final MslKernel kernel;
    private final Map<Integer, MemorySegment> buffers = new HashMap<>();
    private final Map<Integer, Integer> lengths = new HashMap<>();

    private TestKernel(MslLibrary library, String name) {
        this.library = library;
        kernel = library.specialize(name, Map.of());
    }

    /** The first kernel of a source, to which the usual header is added. */
    static TestKernel of(String source) {
        return of(source, MslOptions.of(LanguageVersion.METAL_3_1));
    }

    static TestKernel of(String source, MslOptions options) {
        var library = MslCompiler.compile(HEADER + source, options);
        return new TestKernel(library, library.kernelNames().getFirst());
    }

    /** A kernel by its name. */
    static TestKernel of(String source, String name, MslOptions options) {
        return new TestKernel(MslCompiler.compile(HEADER + source, options), name);
    }

    MslKernel kernel() {
        return kernel;
    }

    TestKernel bind(int index, int... values) {
        return bind(index, arena.allocateFrom(ValueLayout.JAVA_INT, values));
    }

    TestKernel bind(int index, float... values) {
        return bind(index, arena.allocateFrom(ValueLayout.JAVA_FLOAT, values));
    }

    TestKernel bind(int index, long... values) {
        return bind(index, arena.allocateFrom(ValueLayout.JAVA_LONG, values));
    }

    TestKernel bind(int index, MemorySegment memory) {
        buffers.put(index, memory);
        return this;
    }

    TestKernel threadgroupLength(int index, int byteSize) {
        lengths.put(index, byteSize);
        return this;
    }

    KernelRun prepare(Extent threads, Extent threadsPerThreadgroup) {
        AddressResolver resolver = address -> buffers.values().stream()
                .filter(b -> address >= b.address() && address < b.address() + b.byteSize())
                .findFirst();
        var grid = Grid.ofThreads(threads, threadsPerThreadgroup);
        return kernel.prepare(arguments(buffers, lengths, grid, resolver));
    }

    static KernelArguments arguments(
            Map<Integer, MemorySegment> buffers, Map<Integer, Integer> lengths, Grid grid, AddressResolver resolver) {
        var bound = new MemorySegment[SLOTS];
        buffers.forEach((index, memory) -> bound[index] = memory);
        int[] bytes = new int[SLOTS];
        lengths.forEach((index, length) -> bytes[index] = length);
        return new KernelArguments(bound, bytes, grid, resolver);
    }

    /** A run that does not end by itself ends once it is cancelled, with that as the fault's kind. */
    static void assertStops(KernelRun run, KernelFault.Kind reason) throws InterruptedException {
        var started = new CountDownLatch(1);
        var result = CompletableFuture.runAsync(() -> {
            started.countDown();
            run.run(0, run.unitCount());
        });
        started.await();
        // Long enough for the loop to be compiled; correct however long it takes.
        assertThatThrownBy(() -> result.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        run.cancel(reason);
        assertThat(result)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        KernelFault.class, fault -> assertThat(fault.kind()).isEqualTo(reason));
    }

    TestKernel run(int threads, int threadsPerThreadgroup) {
        return run(new Extent(threads, 1, 1), new Extent(threadsPerThreadgroup, 1, 1));
    }

    TestKernel run(Extent threads, Extent threadsPerThreadgroup) {
        var run = prepare(threads, threadsPerThreadgroup);
        run.run(0, run.unitCount());
        return this;
    }

    int[] ints(int index) {
        return buffers.get(index).toArray(ValueLayout.JAVA_INT);
    }

    float[] floats(int index) {
        return buffers.get(index).toArray(ValueLayout.JAVA_FLOAT);
    }

    long[] longs(int index) {
        return buffers.get(index).toArray(ValueLayout.JAVA_LONG);
    }

    @Override
    public void close() {
        library.close();
        arena.close();
    }
}
