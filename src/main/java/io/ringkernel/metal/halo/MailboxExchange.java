package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.wire.HaloMail;
import io.ringkernel.metal.wire.HaloRoute;
import io.ringkernel.metal.wire.MetalK2KInboxHeader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Ghost cells through inboxes: send, pack, sort and unpack, each a dispatch, and direct writes of constants. */
final class MailboxExchange implements HaloEncoding {
    private static final ValueLayout.OfInt UINT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final TileGrid grid;
    private final HaloResources resources;
    private final DirectExchange constants;
    private final MailboxShape shape;
    private final MetalPipeline send;
    private final MetalPipeline pack;
    private final MetalPipeline sort;
    private final MetalPipeline unpack;
    private final RunTable runs;
    private final MetalBuffer routes;
    private final MetalBuffer firstRoutes;
    private final MetalBuffer inboxes;
    private final MetalBuffer sentSlots;
    private final MetalBuffer receivedSlots;
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
        send = resources.pipeline("halo_send");
        pack = resources.pipelineForCells("halo_pack");
        sort = resources.pipeline("halo_sort");
        unpack = resources.pipelineForCells("halo_unpack");
        runs = RunTable.of(resources, grid, sent);
        int[] first = firstRoutes(grid, sent);
        routes = resources.table(routes(sent, first));
        firstRoutes = resources.table(first);
        sentSlots = resources.table(new int[sent.size()]);
        receivedSlots = resources.table(new int[sent.size()]);
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

    private static MemorySegment routes(List<GhostCells.Region> sent, int[] firstRoutes) {
        var table = MemorySegment.ofArray(new byte[Math.multiplyExact(HaloRoute.BYTE_SIZE, sent.size())]);
        int firstRun = 0;
        for (int i = 0; i < sent.size(); i++) {
            var region = sent.get(i);
            var route = new HaloRoute(
                    region.source(),
                    region.tile(),
                    region.direction(),
                    i - firstRoutes[region.tile()],
                    region.x().length(),
                    region.y().length(),
                    region.z().length(),
                    firstRun);
            route.writeTo(table.asSlice((long) i * HaloRoute.BYTE_SIZE, HaloRoute.BYTE_SIZE));
            firstRun += RunTable.runs(region);
        }
        return table;
    }

    @Override
    public void encode(MetalComputeEncoder encoder, List<MetalBufferSlice> tiles) {
        constants.encode(encoder, tiles);
        if (shape.routeCount() == 0) {
            return;
        }
        resources.setTiles(encoder, 0, tiles);
        encoder.setBuffer(1, runs.table());
        encoder.setBuffer(2, routes);
        encoder.setBytes(3, mail().toBytes());
        encoder.setBuffer(4, inboxes);
        encoder.setBuffer(5, firstRoutes);
        encoder.setBuffer(6, sentSlots);
        encoder.setBuffer(7, receivedSlots);
        encoder.setBuffer(8, lost);
        var cells =
                MetalSize.of(DirectExchange.LANES, runs.count(), grid.config().fieldCount());
        dispatch(encoder, send, MetalSize.of(shape.routeCount()));
        dispatch(encoder, pack, cells);
        dispatch(encoder, sort, MetalSize.of(grid.tileCount()));
        dispatch(encoder, unpack, cells);
    }

    private static void dispatch(MetalComputeEncoder encoder, MetalPipeline pipeline, MetalSize threads) {
        encoder.setPipeline(pipeline);
        encoder.dispatchThreads(threads, pipeline.threadgroupSizeFor(threads));
    }

    private HaloMail mail() {
        return new HaloMail(
                shape.inboxByteSize(),
                shape.slotByteSize(),
                grid.fieldCells(),
                grid.config().cellType().byteSize(),
                grid.tileCount(),
                shape.routeCount());
    }

    @Override
    public long lostMessages() {
        return Integer.toUnsignedLong(lost.contents().get(UINT, 0));
    }
}
