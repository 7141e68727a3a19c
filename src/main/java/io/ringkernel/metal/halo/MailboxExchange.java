package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.wire.MetalK2KInboxHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Ghost cells through inboxes: pack, unpack and drain, each a dispatch of its own, and direct writes of constants. */
final class MailboxExchange implements HaloEncoding {
    private static final ValueLayout.OfInt UINT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int ROUTE_NUMBERS = 12;

    private final TileGrid grid;
    private final HaloResources resources;
    private final DirectExchange constants;
    private final MailboxShape shape;
    private final MetalPipeline pack;
    private final MetalPipeline unpack;
    private final MetalPipeline drain;
    private final MetalBuffer routes;
    private final MetalBuffer firstRoutes;
    private final MetalBuffer inboxes;
    private final MetalBuffer lost;

    MailboxExchange(HaloResources resources, TileGrid grid, List<GhostCells.Region> regions) {
        this.grid = grid;
        this.resources = resources;
        constants = new DirectExchange(
                resources,
                grid,
                regions.stream().filter(GhostCells.Region::isConstant).toList());
        var sent = MailboxShape.sent(regions);
        shape = MailboxShape.of(grid, sent);
        pack = resources.pipelineForCells("halo_pack");
        unpack = resources.pipelineForCells("halo_unpack");
        drain = resources.pipeline("halo_drain");
        int[] first = firstRoutes(grid, sent);
        routes = resources.table(routeNumbers(grid, sent, first));
        firstRoutes = resources.table(first);
        lost = resources.table(new int[1]);
        inboxes = resources.buffer(shape.inboxByteSize() * grid.tileCount());
        for (int tile = 0; tile < grid.tileCount(); tile++) {
            var inbox = inboxes.contents().asSlice(tile * shape.inboxByteSize(), MetalK2KInboxHeader.BYTE_SIZE);
            MetalK2KInboxHeader.of(inbox).initialize(shape.slots());
        }
    }

    /** For each tile the index of its first route, and the number of all routes; the routes lie in order of tiles. */
    private static int[] firstRoutes(TileGrid grid, List<GhostCells.Region> sent) {
        var first = new int[grid.tileCount() + 1];
        for (var region : sent) {
            first[region.tile() + 1]++;
        }
        for (int tile = 0; tile < grid.tileCount(); tile++) {
            first[tile + 1] += first[tile];
        }
        return first;
    }

    private static int[] routeNumbers(TileGrid grid, List<GhostCells.Region> sent, int[] firstRoutes) {
        var numbers = new int[ROUTE_NUMBERS * sent.size()];
        int next = 0;
        for (int i = 0; i < sent.size(); i++) {
            var region = sent.get(i);
            int[] route = {
                region.source(),
                region.tile(),
                region.direction(),
                i - firstRoutes[region.tile()],
                region.x().length(),
                region.y().length(),
                region.z().length(),
                GhostCells.firstTarget(grid, region),
                GhostCells.firstSource(grid, region),
                GhostCells.sourceStep(grid, region, 0),
                GhostCells.sourceStep(grid, region, 1),
                GhostCells.sourceStep(grid, region, 2)
            };
            System.arraycopy(route, 0, numbers, next, ROUTE_NUMBERS);
            next += ROUTE_NUMBERS;
        }
        return numbers;
    }

    @Override
    public void encode(MetalComputeEncoder encoder, List<MetalBufferSlice> tiles) {
        constants.encode(encoder, tiles);
        if (shape.routeCount() == 0) {
            return;
        }
        encoder.setPipeline(pack);
        resources.setTiles(encoder, 0, tiles);
        encoder.setBuffer(1, routes);
        encoder.setBuffer(2, inboxes);
        setLaunch(encoder);
        encoder.setBuffer(4, firstRoutes);
        encoder.setBuffer(5, lost);
        encoder.dispatchThreadgroups(MetalSize.of(shape.routeCount()), threadgroup(pack));
        encoder.setPipeline(unpack);
        encoder.dispatchThreadgroups(MetalSize.of(shape.slots(), grid.tileCount()), threadgroup(unpack));
        encoder.setPipeline(drain);
        var perTile = MetalSize.of(grid.tileCount());
        encoder.dispatchThreads(perTile, drain.threadgroupSizeFor(perTile));
    }

    private MetalSize threadgroup(MetalPipeline pipeline) {
        return pipeline.threadgroupSizeFor(MetalSize.of(shape.messageCells()));
    }

    private void setLaunch(MetalComputeEncoder encoder) {
        var config = grid.config();
        // struct HaloMail, whose ulongs come first
        encoder.setBytes(3, MemorySegment.ofArray(new long[] {
            shape.inboxByteSize(),
            shape.slotByteSize(),
            pair(grid.fieldCells(), config.fieldCount()),
            pair(config.cellType().byteSize(), grid.tileCount()),
            pair(grid.cellStep(1), grid.cellStep(2))
        }));
    }

    private static long pair(int low, int high) {
        return Integer.toUnsignedLong(low) | (long) high << Integer.SIZE;
    }

    @Override
    public long lostMessages() {
        return Integer.toUnsignedLong(lost.contents().get(UINT, 0));
    }
}
