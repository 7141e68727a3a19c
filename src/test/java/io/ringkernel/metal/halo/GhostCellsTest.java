package io.ringkernel.metal.halo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GhostCellsTest {
    private static final int SEEDS = 400;

    @Test
    void everyGhostCellComesFromWhereTheUndividedArrayHasIt() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var config = RandomConfigurations.of(seed);
            var reference = new UndividedReference(config);
            var origins = origins(new TileGrid(config), reference);
            for (int tile = 0; tile < reference.tileCount(); tile++) {
                for (int cell = 0; cell < reference.storedCells(); cell++) {
                    assertThat(origins[tile][cell])
                            .as("seed %d, tile %d, cell %d", seed, tile, cell)
                            .isEqualTo(reference.origin(tile, cell));
                }
            }
        }
    }

    /** For each stored cell where its value comes from once the boxes are copied; no box may write a cell twice. */
    private static int[][] origins(TileGrid grid, UndividedReference reference) {
        var origins = new int[grid.tileCount()][grid.fieldCells()];
        for (int tile = 0; tile < origins.length; tile++) {
            int number = tile;
            Arrays.setAll(origins[tile], cell -> reference.interior(number, cell));
        }
        var written = new BitSet();
        for (var region : new GhostCells(grid).regions()) {
            for (int i = 0; i < region.cellCount(); i++) {
                int target = target(grid, region, i);
                int place = region.tile() * grid.fieldCells() + target;
                assertThat(written.get(place)).as("written twice").isFalse();
                written.set(place);
                assertThat(reference.interior(region.tile(), target)).isEqualTo(UndividedReference.UNTOUCHED);
                origins[region.tile()][target] = region.isConstant()
                        ? UndividedReference.CONSTANT - (region.source() - GhostCells.CONSTANT)
                        : reference.interior(region.source(), source(grid, region, i));
            }
        }
        return origins;
    }

    private static int target(TileGrid grid, GhostCells.Region region, int i) {
        return GhostCells.firstTarget(grid, region)
                + i % region.x().length()
                + i / region.x().length() % region.y().length() * grid.cellStep(1)
                + i / (region.x().length() * region.y().length()) * grid.cellStep(2);
    }

    private static int source(TileGrid grid, GhostCells.Region region, int i) {
        return GhostCells.firstSource(grid, region)
                + i % region.x().length() * GhostCells.sourceStep(grid, region, 0)
                + i / region.x().length() % region.y().length() * GhostCells.sourceStep(grid, region, 1)
                + i / (region.x().length() * region.y().length()) * GhostCells.sourceStep(grid, region, 2);
    }

    @Test
    void theHaloInADirectionComesFromTheTileThatLiesThere() {
        var grid = new TileGrid(HaloExchangeConfig.grid2d(3, 3).tile(4, 4));
        int centre = 4;
        int north = 0;
        var region = new GhostCells(grid)
                .regions().stream()
                        .filter(r -> r.tile() == centre && r.direction() == north)
                        .findFirst()
                        .orElseThrow();

        assertThat(region.source()).as("the tile above").isEqualTo(1);
        assertThat(region.y()).as("its last row fills the row above").isEqualTo(new GhostCells.Span(0, -1, 3, 1, 1));
        assertThat(region.x()).isEqualTo(new GhostCells.Span(1, 0, 0, 1, 4));
    }

    @Test
    void aHaloWiderThanTheLastTileReachesIntoTheOneBeyond() {
        var config =
                HaloExchangeConfig.grid2d(3, 1).tile(4, 4).domain(9, 4).halo(3).edgesX(HaloEdge.periodic());
        int west = 2;
        var sources = new GhostCells(new TileGrid(config))
                .regions().stream()
                        .filter(r -> r.tile() == 0 && r.direction() == west)
                        .map(GhostCells.Region::source)
                        .toList();

        assertThat(sources).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void facesOfATileInTheMiddleHaveItsSurfaceTimesTheHalo(int halo) {
        var config = HaloExchangeConfig.grid3d(3, 3, 3).tile(5, 6, 7).halo(halo);
        int centre = 13;
        int cells = new GhostCells(new TileGrid(config))
                .regions().stream()
                        .filter(region -> region.tile() == centre)
                        .mapToInt(GhostCells.Region::cellCount)
                        .sum();

        assertThat(cells).isEqualTo(2 * halo * (5 * 6 + 6 * 7 + 5 * 7));
    }
}
