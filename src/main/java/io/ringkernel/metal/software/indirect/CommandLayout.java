package io.ringkernel.metal.software.indirect;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.gpu.GpuMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How commands lie in memory, which {@code commands.metal} draws.
 *
 * @param types of commands, as {@code MTLIndirectCommandType}
 * @param buffers that a command binds
 * @param lengths of threadgroup memory that a command sets
 */
record CommandLayout(long types, int buffers, int lengths, boolean inheritsPipeline, boolean inheritsBuffers) {
    private static final int DESCRIPTION = 8;

    /** Words of a record. */
    int words() {
        return CommandRecord.BINDINGS + buffers + lengths;
    }

    long byteSize(long commands) {
        return (DESCRIPTION + commands * words()) * Long.BYTES;
    }

    /** Writes the description to the start of the memory of so many commands. */
    void describe(GpuMemory memory, long commands) {
        long[] description = {commands, words(), buffers, lengths, inheritsPipeline ? 1 : 0, inheritsBuffers ? 1 : 0};
        MemorySegment.copy(description, 0, memory.segment(), ValueLayout.JAVA_LONG, 0, description.length);
    }

    /** The words of one of the commands in memory. */
    MemorySegment record(MemorySegment memory, long index) {
        return memory.asSlice((DESCRIPTION + index * words()) * Long.BYTES, (long) words() * Long.BYTES);
    }

    /** Whether commands can have a dispatch. */
    boolean allows(CommandRecord.Dispatch dispatch) {
        return switch (dispatch) {
            case NONE -> true;
            case THREADGROUPS -> (types & Mtl.MTLIndirectCommandTypeConcurrentDispatch()) != 0;
            case THREADS -> (types & Mtl.MTLIndirectCommandTypeConcurrentDispatchThreads()) != 0;
        };
    }
}
