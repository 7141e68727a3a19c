package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.run.check.CheckSession;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What one dispatch binds. The arrays are not copied, and must stay as they are.
 *
 * @param buffers by index: native memory from the bound offset to the end of the buffer; it must stay valid until the
 *     run is over. What is null, or beyond the array, is unbound.
 * @param threadgroupLengths by index: bytes of threadgroup memory for {@code [[threadgroup(index)]]}, 0 beyond the
 *     array
 * @param textures by index: handles of textures, 0 for none
 * @param samplers by index: handles of samplers, or the bits of those that a program made
 * @param grid the threads to run
 * @param memory resolves pointers that the kernel loads from memory
 * @param log takes what the kernel logs
 * @param session what instrumented code tells, and compares itself with; without it code runs alone and tells nobody
 */
public record KernelArguments(
        MemorySegment[] buffers,
        int[] threadgroupLengths,
        long[] textures,
        long[] samplers,
        Grid grid,
        AddressResolver memory,
        LogSink log,
        Optional<CheckSession> session) {
    private static final long[] NONE = {};

    /** For code that tells nobody what it finds. */
    public KernelArguments(
            MemorySegment[] buffers,
            int[] threadgroupLengths,
            long[] textures,
            long[] samplers,
            Grid grid,
            AddressResolver memory,
            LogSink log) {
        this(buffers, threadgroupLengths, textures, samplers, grid, memory, log, Optional.empty());
    }

    /** The same with somebody to tell. */
    public KernelArguments withSession(CheckSession other) {
        return new KernelArguments(
                buffers, threadgroupLengths, textures, samplers, grid, memory, log, Optional.of(other));
    }

    /** Without textures and samplers; nobody wants its messages. */
    public KernelArguments(MemorySegment[] buffers, int[] threadgroupLengths, Grid grid, AddressResolver memory) {
        this(buffers, threadgroupLengths, NONE, NONE, grid, memory, LogSink.NONE);
    }

    /** What is bound at an index, or null. */
    public MemorySegment buffer(int index) {
        return index < buffers.length ? buffers[index] : null;
    }

    /** The bytes of threadgroup memory at an index. */
    int threadgroupLength(int index) {
        return index < threadgroupLengths.length ? threadgroupLengths[index] : 0;
    }
}
