package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.wire.MetalHaloMessage;
import io.ringkernel.metal.wire.MetalK2KInboxHeader;
import java.util.Arrays;
import java.util.List;

/** Ghost cells through inboxes: constants, then pack, unpack and drain, each a dispatch of its own. */
final class MailboxExchange extends HaloKernels {
    private static final int MESSAGE_ALIGNMENT = 64;

    private final int routeCount;
    private final int constantCount;
    private final MetalPipeline constants;
    private final MetalPipeline pack;
    private final MetalPipeline unpack;
    private final MetalPipeline drain;
    private final MetalBuffer constantTable;
    private final MetalBuffer cells;
    private final MetalBuffer routes;
    private final MetalBuffer routeOf;
    private final MetalBuffer inboxes;
    private final MetalBuffer overflows;

    MailboxExchange(MetalDevice device, TileGrid grid, GhostCells ghosts) {
        super(device, grid);
        constants = pipelineForCells("halo_buffers");
        pack = pipelineForCells("halo_pack");
        unpack = pipelineForCells("halo_unpack");
        drain = pipeline("halo_drain");
        int[] constantEntries = constantEntries(ghosts);
        constantCount = constantEntries.length / 4;
        constantTable = table(constantEntries);
        var sent = ghosts.regions().stream()
                .filter(region -> region.source() != GhostCells.CONSTANT)
                .toList();
        routeCount = sent.size();
        cells = table(cellEntries(sent));
        routes = table(routeEntries(sent));
        routeOf = table(routeIndex(sent));
        inboxes = buffer((long) inboxByteSize(grid) * grid.tileCount());
        overflows = table(new int[1]);
        for (int tile = 0; tile < grid.tileCount(); tile++) {
            var inbox = inboxes.contents().asSlice((long) tile * inboxByteSize(grid), MetalK2KInboxHeader.BYTE_SIZE);
            MetalK2KInboxHeader.of(inbox).initialize(directionCount());
        }
    }

    private static int[] constantEntries(GhostCells ghosts) {
        var constant = ghosts.regions().stream()
                .filter(region -> region.source() == GhostCells.CONSTANT)
                .toList();
        var entries = new int
                [4
                        * constant.stream()
                                .mapToInt(region -> region.targets().length)
                                .sum()];
        int next = 0;
        for (var region : constant) {
            next = DirectExchange.appendEntries(region, entries, next);
        }
        return entries;
    }

    private static int[] cellEntries(List<GhostCells.Region> sent) {
        var entries = new int
                [2 * sent.stream().mapToInt(region -> region.targets().length).sum()];
        int next = 0;
        for (var region : sent) {
            for (int i = 0; i < region.targets().length; i++) {
                entries[next++] = region.targets()[i];
                entries[next++] = region.sources()[i];
            }
        }
        return entries;
    }

    private static int[] routeEntries(List<GhostCells.Region> sent) {
        var entries = new int[8 * sent.size()];
        int next = 0;
        int first = 0;
        for (var region : sent) {
            int[] extents = region.extents();
            int[] route = {
                region.source(),
                region.tile(),
                region.direction(),
                first,
                region.targets().length,
                extents[0],
                extents[1],
                extents[2]
            };
            System.arraycopy(route, 0, entries, next, route.length);
            next += route.length;
            first += region.targets().length;
        }
        return entries;
    }

    private int[] routeIndex(List<GhostCells.Region> sent) {
        var index = new int[grid.tileCount() * directionCount()];
        Arrays.fill(index, CONSTANT_SOURCE);
        for (int i = 0; i < sent.size(); i++) {
            index[sent.get(i).tile() * directionCount() + sent.get(i).direction()] = i;
        }
        return index;
    }

    private int directionCount() {
        return grid.config().neighborhood().count();
    }

    /** Messages of one exchange. */
    static long messageCount(GhostCells ghosts) {
        return ghosts.regions().stream()
                .filter(region -> region.source() != GhostCells.CONSTANT)
                .count();
    }

    /** Bytes from one tile's inbox to the next: its header, and a message from every direction. */
    static int inboxByteSize(TileGrid grid) {
        long size = MetalK2KInboxHeader.BYTE_SIZE
                + slotByteSize(grid) * grid.config().neighborhood().count();
        return Math.toIntExact(size);
    }

    /** Bytes from one message of an inbox to the next: room for the largest halo, all fields. */
    private static long slotByteSize(TileGrid grid) {
        var config = grid.config();
        long most = 0;
        for (int axis = 0; axis < config.dimensions(); axis++) {
            long face = config.haloAlong(axis);
            for (int other = 0; other < config.dimensions(); other++) {
                face *= other == axis ? 1 : config.tileExtent(other);
            }
            most = Math.max(most, face);
        }
        long bytes = MetalHaloMessage.BYTE_SIZE
                + most * config.fieldCount() * config.cellType().byteSize();
        return Math.ceilDiv(bytes, MESSAGE_ALIGNMENT) * MESSAGE_ALIGNMENT;
    }

    @Override
    void encode(MetalComputeEncoder encoder, List<MetalBufferSlice> tiles) {
        MetalHaloExchange.useTiles(encoder, tiles);
        try (var addresses = addresses(tiles)) {
            encoder.setBuffer(0, addresses);
            encodeConstants(encoder);
            if (routeCount > 0) {
                encodeMessages(encoder);
            }
        }
    }

    private void encodeConstants(MetalComputeEncoder encoder) {
        if (constantCount == 0) {
            return;
        }
        encoder.setPipeline(constants);
        encoder.setBuffer(1, constantTable);
        setEdge(encoder, 2);
        setLaunch(encoder, constantCount);
        var threads = MetalSize.of(constantCount, grid.config().fieldCount());
        encoder.dispatchThreads(threads, MetalSize.of(constants.threadExecutionWidth()));
    }

    private void encodeMessages(MetalComputeEncoder encoder) {
        encoder.setPipeline(pack);
        encoder.setBuffer(1, cells);
        encoder.setBuffer(2, routes);
        setLaunch(encoder, grid.tileCount());
        encoder.setBuffer(4, inboxes);
        encoder.setBuffer(5, overflows);
        encoder.setBuffer(6, routeOf);
        encoder.dispatchThreadgroups(MetalSize.of(routeCount), threadgroup(pack));
        encoder.setPipeline(unpack);
        long places = (long) grid.tileCount() * directionCount();
        encoder.dispatchThreadgroups(MetalSize.of(places), threadgroup(unpack));
        encoder.setPipeline(drain);
        encoder.dispatchThreads(MetalSize.of(grid.tileCount()), MetalSize.of(drain.threadExecutionWidth()));
    }

    private MetalSize threadgroup(MetalPipeline pipeline) {
        return pipeline.threadgroupSizeFor(MetalSize.of((int) slotByteSize(grid)));
    }

    private void setLaunch(MetalComputeEncoder encoder, int count) {
        var config = grid.config();
        encoder.setInts(
                3,
                count,
                grid.fieldCells(),
                config.fieldCount(),
                config.cellType().byteSize(),
                (int) slotByteSize(grid),
                inboxByteSize(grid),
                directionCount(),
                0);
    }
}
