package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBinding;
import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalLibrary;
import io.ringkernel.metal.MetalObject;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.wire.HaloTile;
import io.ringkernel.metal.wire.MslText;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** What one exchange has on one device: everything made here is open until {@link #close()}. */
final class HaloResources implements AutoCloseable {
    private static final List<String> SOURCES = List.of("wire.metal", "k2k.metal", "halo_exchange.metal");

    /** Metal copies so many bytes into the command buffer itself. */
    private static final int INLINE_BYTES = 4096;

    private final MetalDevice device;
    private final HaloCell cell;
    private final Deque<MetalObject> owned = new ArrayDeque<>();
    private final MetalLibrary library;

    HaloResources(MetalDevice device, HaloCell cell) {
        this.device = device;
        this.cell = cell;
        library = own(device.newLibrary(source()));
    }

    private static String source() {
        return SOURCES.stream().map(MslText::of).collect(Collectors.joining("\n"));
    }

    private <T extends MetalObject> T own(T object) {
        owned.push(object);
        return object;
    }

    /** The kernel of this name for cells of the configured size. */
    MetalPipeline pipelineForCells(String name) {
        return pipeline(name + "_" + cell.byteSize());
    }

    MetalPipeline pipeline(String name) {
        try (var function = library.function(name)) {
            return own(device.newPipeline(function));
        }
    }

    /** A buffer of unsigned numbers; one of a single zero when there are none, since no buffer is empty. */
    MetalBuffer table(int[] numbers) {
        return own(device.newBufferOf(numbers.length == 0 ? new int[1] : numbers));
    }

    /** A buffer of structs; one of zeros when there are none. */
    MetalBuffer table(MemorySegment structs) {
        return structs.byteSize() == 0 ? table(new int[0]) : own(device.newBuffer(structs));
    }

    MetalBuffer buffer(long byteSize) {
        return own(device.newBuffer(byteSize));
    }

    MetalCommandQueue queue() {
        var queue = own(device.newCommandQueue());
        queue.setLabel("halo exchange");
        return queue;
    }

    /** Binds the address of each tile, and announces the buffers that the kernels reach through them. */
    void setTiles(MetalComputeEncoder encoder, int index, List<MetalBufferSlice> tiles) {
        tiles.stream()
                .map(MetalBufferSlice::buffer)
                .distinct()
                .forEach(buffer -> encoder.useResource(buffer, MetalBinding.Access.READ_WRITE));
        var addresses = MemorySegment.ofArray(new byte[tiles.size() * HaloTile.BYTE_SIZE]);
        MetalBuffer last = null;
        long address = 0;
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            address = tile.buffer() == last ? address : tile.buffer().gpuAddress();
            last = tile.buffer();
            var target = addresses.asSlice((long) i * HaloTile.BYTE_SIZE, HaloTile.BYTE_SIZE);
            new HaloTile(address + tile.byteOffset()).writeTo(target);
        }
        if (addresses.byteSize() <= INLINE_BYTES) {
            encoder.setBytes(index, addresses);
            return;
        }
        // The command buffer keeps what is encoded into it.
        try (var buffer = device.newBuffer(addresses)) {
            encoder.setBuffer(index, buffer);
        }
    }

    /** Binds the constant of each axis' edge; zero where the edge is none. */
    void setEdges(MetalComputeEncoder encoder, int index, HaloExchangeConfig config) {
        int cellSize = cell.byteSize();
        var values = MemorySegment.ofArray(new long[Math.ceilDiv(3 * cellSize, Long.BYTES)]);
        for (int axis = 0; axis < config.dimensions(); axis++) {
            if (config.edge(axis) instanceof HaloEdge.Constant(double value)) {
                cell.write(values.asSlice((long) axis * cellSize, cellSize), value);
            }
        }
        encoder.setBytes(index, values);
    }

    /** Gives everything up, the last made first. Idempotent. */
    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }
}
