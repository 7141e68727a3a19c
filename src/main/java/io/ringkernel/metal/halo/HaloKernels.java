package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalLibrary;
import io.ringkernel.metal.MetalPipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The pipelines and tables of one strategy on one device. */
abstract sealed class HaloKernels implements AutoCloseable permits DirectExchange, MailboxExchange {
    static final ValueLayout.OfInt UINT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong ADDRESS_BITS = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** {@code HALO_CONSTANT} in {@code halo_exchange.metal}. */
    static final int CONSTANT_SOURCE = 0xffff_ffff;

    private static final String[] SOURCES = {"wire.metal", "halo_exchange.metal"};
    private static final String FOLDER = "/io/ringkernel/metal/msl/";
    private static final long LARGEST_CELL = 16;

    final TileGrid grid;
    private final MetalDevice device;
    private final MetalLibrary library;
    private final MemorySegment edge;
    private final List<AutoCloseable> owned = new ArrayList<>();

    HaloKernels(MetalDevice device, TileGrid grid) {
        this.device = device;
        this.grid = grid;
        library = device.newLibrary(source());
        edge = Arena.ofAuto().allocate(LARGEST_CELL, LARGEST_CELL);
        for (int axis = 0; axis < grid.config().dimensions(); axis++) {
            if (grid.config().edge(axis) instanceof HaloEdge.Constant constant) {
                grid.config().cellType().write(edge, constant.value());
            }
        }
    }

    private static String source() {
        var text = new StringBuilder();
        for (var name : SOURCES) {
            try (InputStream in = HaloKernels.class.getResourceAsStream(FOLDER + name)) {
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException("the jar's " + FOLDER + name + " cannot be read", e);
            }
        }
        return text.toString();
    }

    /** The kernel of this name for cells of the configured size. */
    final MetalPipeline pipelineForCells(String name) {
        return pipeline(name + "_" + grid.config().cellType().byteSize());
    }

    final MetalPipeline pipeline(String name) {
        try (var function = library.function(name)) {
            var pipeline = device.newPipeline(function);
            owned.add(pipeline);
            return pipeline;
        }
    }

    /** A buffer of unsigned numbers; one of a single zero when there are none, since no buffer is empty. */
    final MetalBuffer table(int[] numbers) {
        var buffer = device.newBuffer(numbers.length == 0 ? new int[1] : numbers);
        owned.add(buffer);
        return buffer;
    }

    final MetalBuffer buffer(long byteSize) {
        var buffer = device.newBuffer(byteSize);
        owned.add(buffer);
        return buffer;
    }

    /** The value of constant edges, as inline bytes. */
    final void setEdge(MetalComputeEncoder encoder, int index) {
        encoder.setBytes(index, edge.asSlice(0, grid.config().cellType().byteSize()));
    }

    /** A buffer with the address of each tile. */
    final MetalBuffer addresses(List<MetalBufferSlice> tiles) {
        var buffer = device.newBuffer((long) tiles.size() * Long.BYTES);
        var contents = buffer.contents();
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            contents.setAtIndex(ADDRESS_BITS, i, tile.buffer().gpuAddress() + tile.byteOffset());
        }
        return buffer;
    }

    /** Encodes one exchange; the tiles' number and sizes are checked. */
    abstract void encode(MetalComputeEncoder encoder, List<MetalBufferSlice> tiles);

    @Override
    public final void close() {
        try {
            for (var resource : owned) {
                resource.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("closing failed", e);
        }
        owned.clear();
        library.close();
    }
}
