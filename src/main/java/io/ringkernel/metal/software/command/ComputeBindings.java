package io.ringkernel.metal.software.command;

import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.software.resource.MTLBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** The arguments that an encoder has bound so far. */
final class ComputeBindings {
    static final int SLOTS = 31;

    private final MTLBuffer[] buffers = new MTLBuffer[SLOTS];
    private final MemorySegment[] memory = new MemorySegment[SLOTS];
    private final int[] threadgroupLengths = new int[SLOTS];

    void bind(int index, MTLBuffer buffer, long offset) {
        buffers[index] = buffer;
        memory[index] = buffer == null ? null : buffer.gpuBytes().asSlice(offset);
    }

    void bindInline(int index, MemorySegment bytes) {
        buffers[index] = null;
        memory[index] = bytes;
    }

    /** The buffer at an index; null if none, or inline bytes. */
    MTLBuffer buffer(int index) {
        return buffers[index];
    }

    /** From the bound offset on; null if nothing is bound. */
    MemorySegment memory(int index) {
        return memory[index];
    }

    int threadgroupLength(int index) {
        return threadgroupLengths[index];
    }

    void setThreadgroupLength(int index, int byteSize) {
        threadgroupLengths[index] = byteSize;
    }

    /** What is bound for a kernel's buffers, by index. */
    MemorySegment[] buffersFor(List<MslArgument> arguments) {
        var bound = new MemorySegment[slots(arguments, MslArgument.Kind.BUFFER)];
        for (var argument : arguments) {
            if (argument.kind() == MslArgument.Kind.BUFFER) {
                bound[argument.index()] = memory[argument.index()];
            }
        }
        return bound;
    }

    /** The lengths that are set for a kernel's threadgroup memory, by index. */
    int[] lengthsFor(List<MslArgument> arguments) {
        return Arrays.copyOf(threadgroupLengths, slots(arguments, MslArgument.Kind.THREADGROUP));
    }

    /** One more than the largest index. */
    private static int slots(List<MslArgument> arguments, MslArgument.Kind kind) {
        int slots = 0;
        for (var argument : arguments) {
            if (argument.kind() == kind) {
                slots = Math.max(slots, argument.index() + 1);
            }
        }
        return slots;
    }
}
