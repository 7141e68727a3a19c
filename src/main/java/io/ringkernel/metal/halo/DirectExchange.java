package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import java.util.List;

/** Every ghost cell straight from its source, in one dispatch. */
final class DirectExchange extends HaloKernels {
    private final int count;
    private final MetalPipeline slices;
    private final MetalPipeline buffers;
    private final MetalBuffer sliceTable;
    private final MetalBuffer bufferTable;

    DirectExchange(MetalDevice device, TileGrid grid, GhostCells ghosts) {
        super(device, grid);
        count = ghosts.cellCount();
        slices = pipelineForCells("halo_slices");
        buffers = pipelineForCells("halo_buffers");
        sliceTable = table(sliceEntries(grid, ghosts));
        bufferTable = table(bufferEntries(ghosts));
    }

    private static int[] sliceEntries(TileGrid grid, GhostCells ghosts) {
        int tileCells = grid.fieldCells() * grid.config().fieldCount();
        var entries = new int[2 * ghosts.cellCount()];
        int next = 0;
        for (var region : ghosts.regions()) {
            boolean constant = region.source() == GhostCells.CONSTANT;
            for (int i = 0; i < region.targets().length; i++) {
                entries[next++] = region.tile() * tileCells + region.targets()[i];
                entries[next++] = constant ? CONSTANT_SOURCE : region.source() * tileCells + region.sources()[i];
            }
        }
        return entries;
    }

    /** Target tile, target cell, source tile, source cell for each ghost cell. */
    static int[] bufferEntries(GhostCells ghosts) {
        var entries = new int[4 * ghosts.cellCount()];
        int next = 0;
        for (var region : ghosts.regions()) {
            next = appendEntries(region, entries, next);
        }
        return entries;
    }

    static int appendEntries(GhostCells.Region region, int[] entries, int from) {
        int next = from;
        int source = region.source() == GhostCells.CONSTANT ? CONSTANT_SOURCE : region.source();
        for (int i = 0; i < region.targets().length; i++) {
            entries[next++] = region.tile();
            entries[next++] = region.targets()[i];
            entries[next++] = source;
            entries[next++] = region.sources()[i];
        }
        return next;
    }

    @Override
    void encode(MetalComputeEncoder encoder, List<MetalBufferSlice> tiles) {
        if (count == 0) {
            return;
        }
        if (liesOneBehindTheOther(tiles)) {
            encoder.setPipeline(slices);
            encoder.setBuffer(0, tiles.getFirst());
            encoder.setBuffer(1, sliceTable);
            dispatch(encoder, slices);
            return;
        }
        MetalHaloExchange.useTiles(encoder, tiles);
        encoder.setPipeline(buffers);
        try (var addresses = addresses(tiles)) {
            encoder.setBuffer(0, addresses);
            encoder.setBuffer(1, bufferTable);
            dispatch(encoder, buffers);
        }
    }

    private void dispatch(MetalComputeEncoder encoder, MetalPipeline pipeline) {
        setEdge(encoder, 2);
        int fields = grid.config().fieldCount();
        encoder.setInts(3, count, grid.fieldCells(), fields, 0, 0, 0, 0, 0);
        var threads = MetalSize.of(count, fields);
        encoder.dispatchThreads(
                threads,
                MetalSize.of(pipeline.threadgroupSizeFor(MetalSize.of(count)).width()));
    }

    private boolean liesOneBehindTheOther(List<MetalBufferSlice> tiles) {
        var first = tiles.getFirst();
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            boolean follows = tile.byteOffset() == first.byteOffset() + i * grid.tileByteSize();
            if (tile.buffer() != first.buffer() || !follows) {
                return false;
            }
        }
        return true;
    }
}
