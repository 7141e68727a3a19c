package io.ringkernel.metal.halo;

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
    private final long cellCount;
    private final long messageCount;
    private final int inboxByteSize;
    private final LongAdder exchanges = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder gpuNanos = new LongAdder();
    private HaloResources resources;
    private HaloEncoding encoding;
    private MetalCommandQueue queue;
    private long lostMessages;
    private long lostBeforeReset;
    private boolean closed;

    /**
     * An exchange that is not on a device yet.
     *
     * @throws IllegalArgumentException if the configuration contradicts itself; the message says how
     */
    public MetalHaloExchange(HaloExchangeConfig config) {
        grid = new TileGrid(config);
        var ghosts = new GhostCells(grid);
        var shape = MailboxShape.of(grid, MailboxShape.sent(ghosts.regions()));
        cellCount = ghosts.cellCount();
        messageCount = config.exchangeStrategy() == HaloStrategy.MAILBOX ? shape.routeCount() : 0;
        inboxByteSize = Math.toIntExact(shape.inboxByteSize());
    }

    /** Where cells lie in their tiles. */
    public TileGrid grid() {
        return grid;
    }

    /**
     * Compiles the kernels and allocates tables for a device, which must stay open until {@link #close()}.
     *
     * @throws IllegalStateException if called before, or after close
     * @throws IllegalArgumentException if the inboxes of {@link HaloStrategy#MAILBOX} exceed the device's largest
     *     buffer
     * @throws io.ringkernel.metal.OutOfMemoryException if the device cannot hold the tables
     */
    public synchronized void initialize(MetalDevice device) {
        Objects.requireNonNull(device, "device");
        if (closed || encoding != null) {
            throw new IllegalStateException(closed ? "used after close" : "initialized already");
        }
        var config = grid.config();
        var regions = new GhostCells(grid).regions();
        var made = new HaloResources(device, config.cellType());
        try {
            queue = made.queue();
            encoding = config.exchangeStrategy() == HaloStrategy.DIRECT
                    ? new DirectExchange(made, grid, regions)
                    : new MailboxExchange(made, grid, regions);
            resources = made;
        } finally {
            if (resources == null) {
                made.close();
            }
        }
    }

    /**
     * Fills the ghost cells of all tiles, on a queue of its own.
     *
     * @param tiles one for each tile of the grid, in the order of {@link TileGrid}
     * @return completes when the ghost cells can be read; fails with
     *     {@link io.ringkernel.metal.CommandFailedException}, or with {@link IllegalStateException} if halo messages
     *     were lost (see {@link HaloExchangeStats})
     * @throws IllegalArgumentException if the number or the sizes of the tiles are wrong, they overlap, or one does not
     *     begin at a multiple of the cell's size
     * @throws IllegalStateException before {@link #initialize} or after close
     */
    public CompletableFuture<Void> exchange(List<MetalBufferSlice> tiles) {
        requireInitialized();
        try (var commands = queue.commandBuffer()) {
            encode(commands, tiles);
            return commands.commit().whenComplete(this::count).thenAccept(_ -> requireNothingLost());
        }
    }

    private void count(MetalCommandBuffer commands, Throwable failure) {
        if (failure != null) {
            failures.increment();
        } else {
            gpuNanos.add(commands.gpuTime().toNanos());
        }
    }

    private void requireNothingLost() {
        long lost = stats().lostMessages();
        if (lost != 0) {
            throw new IllegalStateException(
                    "halo messages found no room, since exchanges ran at the same time: " + lost);
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
     * @throws IllegalArgumentException as {@link #exchange(List)}
     * @throws IllegalStateException before {@link #initialize}, after close, or if the buffer cannot be encoded into
     */
    public void encode(MetalCommandBuffer commands, List<MetalBufferSlice> tiles) {
        try (var encoder = commands.computeEncoder()) {
            encode(encoder, tiles);
        }
    }

    /**
     * Encodes an exchange into an open encoder, which orders it after what is encoded there already and before what
     * follows. Sets the encoder's pipeline, and buffers 0 to 8.
     *
     * @throws IllegalArgumentException as {@link #exchange(List)}, or if the encoder is concurrent
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
     * Which tiles lie around a tile, in the form that kernels read: in the order of the neighbourhood, closed in itself
     * along periodic axes. The inboxes are as large as {@link HaloStrategy#MAILBOX} has them.
     *
     * @throws IndexOutOfBoundsException if there is no such tile
     * @throws IllegalArgumentException if the inboxes of all tiles take 2<sup>32</sup> bytes or more
     */
    public MetalK2KRoutingTable routingTable(int tile) {
        var config = grid.config();
        var routes = MetalK2KRoutingTable.grid(
                config.neighborhood(), config.gridExtent(0), config.gridExtent(1), config.gridExtent(2), inboxByteSize);
        routes = config.edge(0) instanceof HaloEdge.Periodic ? routes.periodicX() : routes;
        routes = config.edge(1) instanceof HaloEdge.Periodic ? routes.periodicY() : routes;
        routes = config.edge(2) instanceof HaloEdge.Periodic ? routes.periodicZ() : routes;
        return routes.table(tile);
    }

    /** What was done since the exchange was made or reset. */
    public synchronized HaloExchangeStats stats() {
        long count = exchanges.sum();
        var config = grid.config();
        long cells = count * cellCount * config.fieldCount();
        return new HaloExchangeStats(
                count,
                cells,
                cells * config.cellType().byteSize(),
                count * messageCount,
                lostSoFar() - lostBeforeReset,
                failures.sum(),
                Duration.ofNanos(gpuNanos.sum()));
    }

    /** Begins the counts anew. */
    public synchronized void reset() {
        exchanges.reset();
        failures.reset();
        gpuNanos.reset();
        lostBeforeReset = lostSoFar();
    }

    private long lostSoFar() {
        if (!closed && encoding != null) {
            lostMessages = encoding.lostMessages();
        }
        return lostMessages;
    }

    private synchronized HaloEncoding requireInitialized() {
        if (closed || encoding == null) {
            throw new IllegalStateException(
                    closed ? "used after close" : "not initialized: call initialize(device) first");
        }
        return encoding;
    }

    /** Gives up kernels and tables; {@link #stats()} stays. Idempotent. */
    @Override
    public synchronized void close() {
        lostSoFar();
        closed = true;
        if (resources != null) {
            resources.close();
        }
    }
}
