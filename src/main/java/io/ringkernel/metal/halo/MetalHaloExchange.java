package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBinding;
import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalCommandBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalDispatchType;
import io.ringkernel.metal.wire.MetalK2KRoutingTable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * Fills the ghost cells of every tile of a stencil code.
 *
 * <pre>{@code
 * var config = HaloExchangeConfig.grid2d(8, 8).tile(64, 64).halo(1);
 * try (var exchange = new MetalHaloExchange(config)) {
 *     exchange.initialize(device);
 *     exchange.exchange(tiles).join();
 * }
 * }</pre>
 *
 * <p>Interiors are only read, ghost cells only written. Tiles may be slices of one buffer, which is fastest when they
 * lie one behind the other as {@link TileGrid#slices} gives them, or buffers of their own.
 *
 * <p><b>Lifetime.</b> Whoever makes an exchange closes it. {@link #initialize} compiles and allocates; work that was
 * committed completes also after {@link #close()}.
 *
 * <p><b>Threads.</b> Any thread may encode. With {@link HaloStrategy#MAILBOX} the inboxes belong to one exchange at a
 * time: encode on one queue only.
 */
public final class MetalHaloExchange implements AutoCloseable {
    private final TileGrid grid;
    private final GhostCells ghosts;
    private final LongAdder exchanges = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder gpuNanos = new LongAdder();
    private MetalCommandQueue queue;
    private HaloKernels kernels;
    private boolean closed;

    /**
     * An exchange that is not on a device yet.
     *
     * @throws IllegalArgumentException if the configuration contradicts itself; the message says how
     */
    public MetalHaloExchange(HaloExchangeConfig config) {
        grid = new TileGrid(config);
        ghosts = new GhostCells(grid);
    }

    /** Where cells lie in their tiles. */
    public TileGrid grid() {
        return grid;
    }

    /**
     * Compiles the kernels and allocates tables for a device, which must stay open until {@link #close()}.
     *
     * @throws IllegalStateException if called before, or after close
     * @throws io.ringkernel.metal.OutOfMemoryException if the device cannot hold the tables
     */
    public synchronized void initialize(MetalDevice device) {
        Objects.requireNonNull(device, "device");
        if (closed || kernels != null) {
            throw new IllegalStateException(closed ? "used after close" : "initialized already");
        }
        kernels = grid.config().exchangeStrategy() == HaloStrategy.DIRECT
                ? new DirectExchange(device, grid, ghosts)
                : new MailboxExchange(device, grid, ghosts);
        queue = device.newCommandQueue();
        queue.setLabel("halo exchange");
    }

    /**
     * Fills the ghost cells of all tiles, on a queue of its own.
     *
     * @param tiles one for each tile of the grid, in the order of {@link TileGrid}
     * @return completes when the ghost cells can be read; fails with {@link io.ringkernel.metal.CommandFailedException}
     * @throws IllegalArgumentException if the number or the sizes of the tiles are wrong
     * @throws IllegalStateException before {@link #initialize} or after close
     */
    public CompletableFuture<Void> exchange(List<MetalBufferSlice> tiles) {
        requireInitialized();
        try (var commands = queue.commandBuffer()) {
            encode(commands, tiles);
            return commands.commit().handle((done, failure) -> {
                if (failure != null) {
                    failures.increment();
                    throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
                }
                gpuNanos.add(done.gpuTime().toNanos());
                return null;
            });
        }
    }

    /**
     * Fills the ghost cells of all tiles of one buffer, which holds them one behind the other.
     *
     * @return completes when the ghost cells can be read; fails with {@link io.ringkernel.metal.CommandFailedException}
     * @throws IllegalArgumentException if the buffer is too small
     * @throws IllegalStateException before {@link #initialize} or after close
     */
    public CompletableFuture<Void> exchange(MetalBuffer tiles) {
        return exchange(grid.slices(tiles));
    }

    /**
     * Encodes an exchange into a command buffer, between whatever else is encoded there.
     *
     * @throws IllegalArgumentException if the number or the sizes of the tiles are wrong
     * @throws IllegalStateException before {@link #initialize}, after close, or if the buffer cannot be encoded into
     */
    public void encode(MetalCommandBuffer commands, List<MetalBufferSlice> tiles) {
        try (var encoder = commands.computeEncoder()) {
            encode(encoder, tiles);
        }
    }

    /**
     * Encodes an exchange into an open encoder, which orders it after what is encoded there already and before what
     * follows. Sets the encoder's pipeline, and buffers 0 to 6.
     *
     * @throws IllegalArgumentException if the number or the sizes of the tiles are wrong, or the encoder is concurrent
     * @throws IllegalStateException before {@link #initialize}, after close, or after the encoder ended
     */
    public void encode(MetalComputeEncoder encoder, List<MetalBufferSlice> tiles) {
        var ready = requireInitialized();
        if (encoder.dispatchType() != MetalDispatchType.SERIAL) {
            throw new IllegalArgumentException(
                    "the dispatches of an exchange follow each other: the encoder is concurrent");
        }
        grid.requireTiles(tiles);
        ready.encode(encoder, tiles);
        exchanges.increment();
    }

    /**
     * To which tiles a tile's cells go, in the form that kernels read.
     *
     * @throws IndexOutOfBoundsException if there is no such tile
     */
    public MetalK2KRoutingTable routingTable(int tile) {
        var config = grid.config();
        var routes = MetalK2KRoutingTable.grid(
                config.neighborhood(),
                config.gridExtent(0),
                config.gridExtent(1),
                config.gridExtent(2),
                MailboxExchange.inboxByteSize(grid));
        routes = config.edge(0) instanceof HaloEdge.Periodic ? routes.periodicX() : routes;
        routes = config.edge(1) instanceof HaloEdge.Periodic ? routes.periodicY() : routes;
        routes = config.edge(2) instanceof HaloEdge.Periodic ? routes.periodicZ() : routes;
        return routes.table(tile);
    }

    /** What was done since the exchange was made or reset. */
    public HaloExchangeStats stats() {
        long count = exchanges.sum();
        var config = grid.config();
        long cells = count * ghosts.cellCount() * config.fieldCount();
        long messages =
                config.exchangeStrategy() == HaloStrategy.DIRECT ? 0 : count * MailboxExchange.messageCount(ghosts);
        return new HaloExchangeStats(
                count,
                cells,
                cells * config.cellType().byteSize(),
                messages,
                failures.sum(),
                Duration.ofNanos(gpuNanos.sum()));
    }

    /** Begins the counts anew. */
    public void reset() {
        exchanges.reset();
        failures.reset();
        gpuNanos.reset();
    }

    private synchronized HaloKernels requireInitialized() {
        if (closed || kernels == null) {
            throw new IllegalStateException(
                    closed ? "used after close" : "not initialized: call initialize(device) first");
        }
        return kernels;
    }

    /** Gives up kernels and tables. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        if (kernels != null) {
            kernels.close();
            queue.close();
        }
    }

    /** Announces buffers that kernels reach through addresses. */
    static void useTiles(MetalComputeEncoder encoder, List<MetalBufferSlice> tiles) {
        tiles.stream()
                .map(MetalBufferSlice::buffer)
                .distinct()
                .forEach(buffer -> encoder.useResource(buffer, MetalBinding.Access.READ_WRITE));
    }
}
