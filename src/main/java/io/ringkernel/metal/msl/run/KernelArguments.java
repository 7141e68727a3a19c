package io.ringkernel.metal.msl.run;

import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * What one dispatch binds.
 *
 * @param buffers by index: native memory from the bound offset to the end of the buffer; it must stay valid until the
 *     run is over. An index that is absent is unbound.
 * @param threadgroupLengths by index: bytes of threadgroup memory for {@code [[threadgroup(index)]]}
 * @param grid the threads to run
 * @param memory resolves pointers that the kernel loads from memory
 */
public record KernelArguments(
        Map<Integer, MemorySegment> buffers,
        Map<Integer, Integer> threadgroupLengths,
        Grid grid,
        AddressResolver memory) {

    public KernelArguments {
        buffers = Map.copyOf(buffers);
        threadgroupLengths = Map.copyOf(threadgroupLengths);
    }
}
