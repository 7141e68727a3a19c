package io.ringkernel.metal.software.command;

import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.msl.MslResource;
import io.ringkernel.metal.msl.texture.Sampler;
import io.ringkernel.metal.software.library.MTLVisibleFunctionTable;
import io.ringkernel.metal.software.resource.MTLBuffer;
import io.ringkernel.metal.software.resource.MTLTexture;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The arguments that an encoder has bound so far. */
final class ComputeBindings {
    static final int SLOTS = 31;
    static final int TEXTURES = 128;
    static final int SAMPLERS = 16;

    private final MTLVisibleFunctionTable[] tables = new MTLVisibleFunctionTable[SLOTS];
    private final MTLBuffer[] buffers = new MTLBuffer[SLOTS];
    private final MemorySegment[] memory = new MemorySegment[SLOTS];
    private final int[] threadgroupLengths = new int[SLOTS];
    private final MTLTexture[] textures = new MTLTexture[TEXTURES];
    private final Sampler[] samplers = new Sampler[SAMPLERS];

    void bind(int index, MTLBuffer buffer, long offset) {
        tables[index] = null;
        buffers[index] = buffer;
        memory[index] = buffer == null ? null : buffer.gpuBytes().asSlice(offset);
    }

    void bindInline(int index, MemorySegment bytes) {
        tables[index] = null;
        buffers[index] = null;
        memory[index] = bytes;
    }

    /** Puts a table of functions where a buffer could be; null for none. */
    void bind(int index, MTLVisibleFunctionTable table) {
        bindInline(index, table == null ? null : table.memory().segment());
        tables[index] = table;
    }

    /** The table at an index; null if none, or something else. */
    MTLVisibleFunctionTable table(int index) {
        return tables[index];
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

    /** The texture at an index, or null. */
    MTLTexture texture(int index) {
        return textures[index];
    }

    void bindTexture(int index, MTLTexture texture) {
        textures[index] = texture;
    }

    /** The sampler at an index, or null. */
    Sampler sampler(int index) {
        return samplers[index];
    }

    void bindSampler(int index, Sampler sampler) {
        samplers[index] = sampler;
    }

    /** The handles of what is bound for a kernel's textures, by index. */
    long[] texturesFor(List<MslResource> resources) {
        var handles = new long[resourceSlots(resources, true)];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = textures[i] == null ? 0 : textures[i].texture().handle();
        }
        return handles;
    }

    /** The handles of what is bound for a kernel's samplers, by index. */
    long[] samplersFor(List<MslResource> resources) {
        var handles = new long[resourceSlots(resources, false)];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = samplers[i] == null ? 0 : samplers[i].handle();
        }
        return handles;
    }

    private static int resourceSlots(List<MslResource> resources, boolean ofTextures) {
        return resources.stream()
                .filter(resource -> resource.isTexture() == ofTextures)
                .mapToInt(resource -> resource.index() + resource.count())
                .max()
                .orElse(0);
    }

    /** Everything that is bound where buffers go, by index. */
    MemorySegment[] everyBuffer() {
        return memory.clone();
    }

    /** All lengths of threadgroup memory, by index. */
    int[] everyLength() {
        return threadgroupLengths.clone();
    }

    /** What is bound for a kernel's buffers, by index. */
    MemorySegment[] buffersFor(List<MslArgument> arguments) {
        var bound = new MemorySegment[slots(arguments, EnumSet.complementOf(EnumSet.of(MslArgument.Kind.THREADGROUP)))];
        for (var argument : arguments) {
            if (argument.kind() != MslArgument.Kind.THREADGROUP) {
                bound[argument.index()] = memory[argument.index()];
            }
        }
        return bound;
    }

    /** The lengths that are set for a kernel's threadgroup memory, by index. */
    int[] lengthsFor(List<MslArgument> arguments) {
        return Arrays.copyOf(threadgroupLengths, slots(arguments, EnumSet.of(MslArgument.Kind.THREADGROUP)));
    }

    /** One more than the largest index. */
    private static int slots(List<MslArgument> arguments, Set<MslArgument.Kind> kinds) {
        int slots = 0;
        for (var argument : arguments) {
            if (kinds.contains(argument.kind())) {
                slots = Math.max(slots, argument.index() + 1);
            }
        }
        return slots;
    }
}
