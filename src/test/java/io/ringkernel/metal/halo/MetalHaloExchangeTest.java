package io.ringkernel.metal.halo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringkernel.metal.MetalBlitEncoder;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalDispatchType;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.halo.StoredTiles.Placement;
import io.ringkernel.metal.wire.MetalK2KRouteEntry;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("gpu")
@Timeout(120)
@ExtendWith(TestDevice.class)
final class MetalHaloExchangeTest {
    private static final int SEEDS = 60;
    private static final HaloExchangeConfig SMALL =
            HaloExchangeConfig.grid2d(3, 2).tile(4, 5).halo(2).edges(HaloEdge.periodic());

    @ParameterizedTest
    @EnumSource(HaloStrategy.class)
    void tilesHoldWhatTheUndividedArrayHolds(HaloStrategy strategy, MetalDevice device) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var config = RandomConfigurations.of(seed).strategy(strategy);
            var reference = new UndividedReference(config);
            var placement = Placement.values()[(int) (seed % Placement.values().length)];
            try (var exchange = initialized(config, device);
                    var tiles = new StoredTiles(device, exchange.grid(), placement)) {
                var before = StoredTiles.random(exchange.grid(), new Random(seed));
                tiles.write(before);
                exchange.exchange(tiles.slices()).join();
                assertThat(tiles.read()).as("seed %d", seed).isDeepEqualTo(reference.exchanged(before));
            }
        }
    }

    private static MetalHaloExchange initialized(HaloExchangeConfig config, MetalDevice device) {
        var exchange = new MetalHaloExchange(config);
        exchange.initialize(device);
        return exchange;
    }

    @ParameterizedTest
    @EnumSource(HaloStrategy.class)
    void moreTilesThanFitTheInlineBytesOfACommandBufferAreExchanged(HaloStrategy strategy, MetalDevice device) {
        var config =
                HaloExchangeConfig.grid2d(40, 20).tile(1, 2).cell(HaloCell.INT).strategy(strategy);
        var reference = new UndividedReference(config);
        try (var exchange = initialized(config, device);
                var tiles = new StoredTiles(device, exchange.grid(), Placement.SCATTERED)) {
            var before = StoredTiles.random(exchange.grid(), new Random(1));
            tiles.write(before);
            exchange.exchange(tiles.slices()).join();
            assertThat(tiles.read()).isDeepEqualTo(reference.exchanged(before));
        }
    }

    @ParameterizedTest
    @EnumSource(HaloStrategy.class)
    void exchangesOfOneCommandBufferFollowEachOther(HaloStrategy strategy, MetalDevice device) {
        var config = SMALL.strategy(strategy);
        var reference = new UndividedReference(config);
        try (var exchange = initialized(config, device);
                var queue = device.newCommandQueue();
                var first = new StoredTiles(device, exchange.grid(), Placement.ONE_BUFFER);
                var second = new StoredTiles(device, exchange.grid(), Placement.OWN_BUFFERS)) {
            var before = StoredTiles.random(exchange.grid(), new Random(2));
            first.write(before);
            try (var commands = queue.commandBuffer()) {
                exchange.encode(commands, first.slices());
                try (var blit = commands.blitEncoder()) {
                    copy(blit, first.slices(), second.slices());
                }
                try (var encoder = commands.computeEncoder()) {
                    exchange.encode(encoder, second.slices());
                    exchange.encode(encoder, second.slices());
                }
                commands.commit().join();
            }
            assertThat(second.read()).isDeepEqualTo(reference.exchanged(before));
        }
    }

    private static void copy(MetalBlitEncoder blit, List<MetalBufferSlice> from, List<MetalBufferSlice> to) {
        for (int i = 0; i < from.size(); i++) {
            blit.copy(from.get(i), to.get(i).buffer(), to.get(i).byteOffset());
        }
    }

    @Test
    void scatteringAndGatheringKeepsTheDomainAndLeavesGhostCellsAlone(MetalDevice device) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var grid = new TileGrid(RandomConfigurations.of(seed));
            var reference = new UndividedReference(grid.config());
            int field = grid.config().fieldCount() - 1;
            int size = grid.config().cellType().byteSize();
            try (var tiles = new StoredTiles(device, grid, Placement.SCATTERED)) {
                var before = StoredTiles.random(grid, new Random(seed));
                tiles.write(before);
                var domain = new byte[reference.domainCells() * size];
                grid.gather(tiles.slices(), field, MemorySegment.ofArray(domain));
                assertThat(domain).as("seed %d", seed).isEqualTo(reference.gathered(before, field));

                new Random(-seed - 1).nextBytes(domain);
                grid.scatter(MemorySegment.ofArray(domain), field, tiles.slices());
                var after = tiles.read();
                assertThat(reference.gathered(after, field)).as("seed %d", seed).isEqualTo(domain);
                for (int tile = 0; tile < after.length; tile++) {
                    int number = tile;
                    assertThat(IntStream.range(0, grid.fieldCells())
                                    .filter(cell -> reference.interior(number, cell) == UndividedReference.UNTOUCHED)
                                    .map(cell -> (field * grid.fieldCells() + cell) * size))
                            .as("seed %d, tile %d", seed, tile)
                            .allMatch(at -> after[number][at] == before[number][at]);
                }
            }
        }
    }

    @Test
    void statisticsCountWhatHappenedAndBeginAnewAfterAReset(MetalDevice device) {
        var config = SMALL.strategy(HaloStrategy.MAILBOX).fields(2).cell(HaloCell.SHORT);
        try (var exchange = initialized(config, device);
                var tiles = new StoredTiles(device, exchange.grid(), Placement.ONE_BUFFER)) {
            exchange.exchange(tiles.slices()).join();
            exchange.exchange(tiles.slices()).join();
            var stats = exchange.stats();
            // Each of the 6 tiles has 2 rows of 4 and 2 columns of 5 cells on two sides.
            long cells = 2 * 6 * 2 * (2 * 4 + 2 * 5) * 2;
            assertThat(stats.exchanges()).isEqualTo(2);
            assertThat(stats.ghostCells()).isEqualTo(cells);
            assertThat(stats.bytes()).isEqualTo(cells * Short.BYTES);
            assertThat(stats.messages()).isEqualTo(2 * 6 * 4);
            assertThat(stats.lostMessages()).isZero();
            assertThat(stats.failures()).isZero();
            assertThat(stats.gpuTime()).isPositive();

            exchange.reset();
            assertThat(exchange.stats()).isEqualTo(new HaloExchangeStats(0, 0, 0, 0, 0, 0, Duration.ZERO));
        }
    }

    @Test
    void anExchangeIsUsedBetweenInitializeAndClose(MetalDevice device) {
        var exchange = new MetalHaloExchange(SMALL);
        try (var tiles = new StoredTiles(device, exchange.grid(), Placement.ONE_BUFFER)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> exchange.exchange(tiles.slices()))
                    .withMessage("not initialized: call initialize(device) first");
            exchange.initialize(device);
            assertThatIllegalStateException()
                    .isThrownBy(() -> exchange.initialize(device))
                    .withMessage("initialized already");
            var last = exchange.exchange(tiles.slices());
            exchange.close();
            exchange.close();
            last.join();
            assertThatIllegalStateException()
                    .isThrownBy(() -> exchange.exchange(tiles.slices()))
                    .withMessage("used after close");
            assertThat(exchange.stats().exchanges()).isEqualTo(1);
        }
    }

    @Test
    void tilesThatDoNotFitTheGridAreRefused(MetalDevice device) {
        try (var exchange = initialized(SMALL, device);
                var buffer = device.newBuffer(exchange.grid().byteSize())) {
            var grid = exchange.grid();
            var tiles = grid.slices(buffer);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> exchange.exchange(tiles.subList(0, 5)))
                    .withMessage("tiles are not 6: 5");
            long size = grid.tileByteSize();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> exchange.exchange(with(tiles, 2, buffer.slice(2 * size, size - 4))))
                    .withMessage("tile 2 is smaller than " + size + " bytes: " + (size - 4));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> exchange.exchange(with(tiles, 1, buffer.slice(size + 2, size))))
                    .withMessage("tile 1 does not begin at a multiple of the cell's 4 bytes: " + (size + 2));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> exchange.exchange(with(tiles, 1, buffer.slice(4, size))))
                    .withMessage("tiles overlap: they begin at 0 and 4 and take " + size + " bytes");
            try (var small = device.newBuffer(size)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> exchange.exchange(small))
                        .withMessage("buffer is smaller than the " + 6 * size + " bytes of all tiles: " + size);
            }
        }
    }

    private static <T> List<T> with(List<T> list, int index, T element) {
        var changed = new ArrayList<>(list);
        changed.set(index, element);
        return changed;
    }

    @Test
    void aConcurrentEncoderIsRefused(MetalDevice device) {
        try (var exchange = initialized(SMALL, device);
                var tiles = new StoredTiles(device, exchange.grid(), Placement.ONE_BUFFER);
                var queue = device.newCommandQueue();
                var commands = queue.commandBuffer();
                var encoder = commands.computeEncoder(MetalDispatchType.CONCURRENT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> exchange.encode(encoder, tiles.slices()))
                    .withMessage("the dispatches of an exchange follow each other: the encoder is concurrent");
        }
    }

    @Test
    void theRoutingTableLeadsToTheNeighboursInTheOrderOfTheDirections() {
        try (var exchange = new MetalHaloExchange(SMALL.edgesY(HaloEdge.open()))) {
            var table = exchange.routingTable(0);
            // 3 x 2 tiles, closed along x: none in the north, 3 in the south, 2 in the west, 1 in the east
            assertThat(table.routes().get(0)).isEqualTo(MetalK2KRouteEntry.NONE);
            assertThat(table.routes().stream()
                            .skip(1)
                            .map(MetalK2KRouteEntry::destThreadgroup)
                            .toList())
                    .containsExactly(3, 2, 1);
        }
    }
}
