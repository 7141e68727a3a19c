package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.wire.HaloShape;
import java.util.List;

/** Every ghost cell straight from its source, in one dispatch. */
final class DirectExchange implements HaloEncoding {
    /** {@code HALO_LANES} of {@code halo_exchange.metal}. */
    static final int LANES = 8;

    private final TileGrid grid;
    private final HaloResources resources;
    private final MetalPipeline slices;
    private final MetalPipeline buffers;
    private final RunTable runs;

    DirectExchange(HaloResources resources, TileGrid grid, List<GhostCells.Region> regions) {
        this.grid = grid;
        this.resources = resources;
        slices = resources.pipelineForCells("halo_slices");
        buffers = resources.pipelineForCells("halo_buffers");
        runs = RunTable.of(resources, grid, regions);
    }

    @Override
    public void encode(MetalComputeEncoder encoder, List<MetalBufferSlice> tiles) {
        if (runs.count() == 0) {
            return;
        }
        if (grid.liesOneBehindTheOther(tiles)) {
            encoder.setPipeline(slices);
            encoder.setBuffer(0, tiles.getFirst());
            dispatch(encoder, slices);
            return;
        }
        encoder.setPipeline(buffers);
        resources.setTiles(encoder, 0, tiles);
        dispatch(encoder, buffers);
    }

    private void dispatch(MetalComputeEncoder encoder, MetalPipeline pipeline) {
        int fieldCells = grid.fieldCells();
        int fields = grid.config().fieldCount();
        encoder.setBuffer(1, runs.table());
        resources.setEdges(encoder, 2, grid.config());
        encoder.setBytes(3, new HaloShape(fieldCells, fields * fieldCells).toBytes());
        var threads = MetalSize.of(LANES, runs.count(), fields);
        encoder.dispatchThreads(threads, pipeline.threadgroupSizeFor(threads));
    }

    @Override
    public long lostMessages() {
        return 0;
    }
}
