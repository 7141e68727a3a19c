package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.MslCompiler;
import io.ringkernel.metal.msl.MslKernel;
import io.ringkernel.metal.msl.MslLibrary;
import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.run.AddressResolver;
import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.Grid;
import io.ringkernel.metal.msl.run.KernelArguments;
import io.ringkernel.metal.msl.run.LogSink;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One kernel with textures, samplers and buffers, by index in the order in which they are bound. */
final class TextureKernel implements AutoCloseable {
    private static final String HEADER = "#include <metal_stdlib>\nusing namespace metal;\n";

    private final Arena arena = Arena.ofShared();
    private final MslLibrary library;
    private final MslKernel kernel;
    private final List<MemorySegment> buffers = new ArrayList<>();
    private final List<Texture> textures = new ArrayList<>();
    private final List<Sampler> samplers = new ArrayList<>();

    private TextureKernel(MslLibrary library) {
        this.library = library;
        kernel = library.specialize(library.kernelNames().getFirst(), Map.of());
    }

    /** The first kernel of a source, to which the usual header is added. */
    static TextureKernel of(String source) {
        return of(MslOptions.of(LanguageVersion.METAL_4_0), source);
    }

    static TextureKernel of(MslOptions options, String source) {
        return new TextureKernel(MslCompiler.compile(HEADER + source, options));
    }

    /** Takes away all that is bound. */
    void unbind() {
        textures.forEach(Handle.TEXTURES::remove);
        samplers.forEach(Handle.SAMPLERS::remove);
        textures.clear();
        samplers.clear();
        buffers.clear();
    }

    MslKernel kernel() {
        return kernel;
    }

    List<Texture> textures() {
        return textures;
    }

    /** Memory for a texture, which is zero. */
    Texture texture(TextureShape shape) {
        return texture(shape, Swizzle.IDENTITY);
    }

    Texture texture(TextureShape shape, Swizzle swizzle) {
        return bind(Texture.over(arena.allocate(Texture.byteSize(shape), 16), shape, swizzle));
    }

    Texture bind(Texture texture) {
        Handle.TEXTURES.add(texture);
        textures.add(texture);
        return texture;
    }

    Sampler sampler(SamplerState state) {
        var sampler = new Sampler(state);
        Handle.SAMPLERS.add(sampler);
        samplers.add(sampler);
        return sampler;
    }

    MemorySegment buffer(float... values) {
        buffers.add(arena.allocateFrom(ValueLayout.JAVA_FLOAT, values));
        return buffers.getLast();
    }

    MemorySegment buffer(long byteSize) {
        buffers.add(arena.allocate(byteSize, 16));
        return buffers.getLast();
    }

    Arena arena() {
        return arena;
    }

    /** Runs so many threads in two dimensions. */
    TextureKernel run(int width, int height) {
        var grid = Grid.ofThreads(new Extent(width, height, 1), new Extent(Math.min(width, 32), 1, 1));
        var run = kernel.prepare(new KernelArguments(
                buffers.toArray(MemorySegment[]::new),
                new int[0],
                textures.stream().mapToLong(Texture::handle).toArray(),
                samplers.stream().mapToLong(Sampler::handle).toArray(),
                grid,
                AddressResolver.NONE,
                LogSink.NONE));
        run.run(0, run.unitCount());
        return this;
    }

    @Override
    public void close() {
        unbind();
        library.close();
        arena.close();
    }
}
