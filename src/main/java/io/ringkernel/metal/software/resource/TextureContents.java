package io.ringkernel.metal.software.resource;

import io.ringkernel.metal.msl.texture.Swizzle;
import io.ringkernel.metal.msl.texture.Texture;
import io.ringkernel.metal.msl.texture.TextureShape;
import io.ringkernel.metal.software.gpu.GpuMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The texels of a texture: as the GPU sees them, and as the CPU does, which are the same of a shared texture, two
 * memories of a managed one; the CPU does not see those of a private one.
 *
 * @param cpu null when the CPU does not see them
 * @param memory the GPU's memory, to be freed with the texture; null when it belongs to somebody else
 * @param cpuArena the memory of the CPU's copy, or null
 */
record TextureContents(Texture gpu, Texture cpu, GpuMemory memory, Arena cpuArena) {

    /** Texels in memory of their own, or in part of a heap. */
    static TextureContents in(GpuMemory memory, TextureShape shape, Swizzle swizzle, ResourceOptions options) {
        var gpu = Texture.over(memory.segment(), shape, swizzle);
        if (options.isPrivate()) {
            return new TextureContents(gpu, null, memory, null);
        }
        if (!options.isManaged()) {
            return new TextureContents(gpu, gpu, memory, null);
        }
        var arena = Arena.ofShared();
        var copy = arena.allocate(memory.segment().byteSize());
        return new TextureContents(gpu, Texture.over(copy, shape, swizzle), memory, arena);
    }

    /** Texels in a buffer's bytes. */
    static TextureContents linear(MemorySegment bytes, TextureShape shape, long rowBytes, Swizzle swizzle) {
        var texture = Texture.linear(bytes, shape, rowBytes, swizzle);
        return new TextureContents(texture, texture, null, null);
    }

    /** Part of these texels, seen in another way. */
    TextureContents view(TextureShape seen, int firstLevel, int firstSlice, Swizzle swizzle) {
        var seenGpu = gpu.view(seen, firstLevel, firstSlice, swizzle);
        var seenCpu = cpu == gpu ? seenGpu : cpu == null ? null : cpu.view(seen, firstLevel, firstSlice, swizzle);
        return new TextureContents(seenGpu, seenCpu, null, null);
    }

    /** Gives back what belongs to the texture. */
    void free() {
        if (memory != null) {
            memory.free();
        }
        if (cpuArena != null) {
            cpuArena.close();
        }
    }
}
