package io.ringkernel.metal.halo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TileGridTest {

    @Test
    void theNumbersOfTheUndividedReferenceAreThoseOfTheGrid() {
        for (long seed = 0; seed < 200; seed++) {
            var config = RandomConfigurations.of(seed);
            var grid = new TileGrid(config);
            var reference = new UndividedReference(config);
            assertThat(grid.tileCount()).as("seed %d", seed).isEqualTo(reference.tileCount());
            assertThat(grid.fieldCells()).as("seed %d", seed).isEqualTo(reference.storedCells());
            assertThat(grid.tileByteSize()).as("seed %d", seed).isEqualTo(reference.tileBytes());
        }
    }

    @Test
    void theInteriorsTogetherAreTheDomain() {
        for (long seed = 0; seed < 200; seed++) {
            var config = RandomConfigurations.of(seed);
            var grid = new TileGrid(config);
            long cells = 0;
            for (int tile = 0; tile < grid.tileCount(); tile++) {
                cells += (long) grid.interior(tile, 0) * grid.interior(tile, 1) * grid.interior(tile, 2);
            }
            assertThat(cells).as("seed %d", seed).isEqualTo(new UndividedReference(config).domainCells());
        }
    }

    @Test
    void tilesAreNumberedWithXFastest() {
        var grid = new TileGrid(HaloExchangeConfig.grid3d(2, 3, 4).tile(4, 4, 4));

        assertThat(grid.tilePosition(1, 0)).isEqualTo(1);
        assertThat(grid.tilePosition(2, 1)).isEqualTo(1);
        assertThat(grid.tilePosition(6, 2)).isEqualTo(1);
        assertThatThrownBy(() -> grid.tilePosition(24, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> grid.interior(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aFieldBeginsWithItsFirstGhostCell() {
        var flat = new TileGrid(HaloExchangeConfig.grid2d(1, 1).tile(6, 5).halo(2));
        assertThat(flat.cellIndex(-2, -2, 0)).isZero();
        assertThat(flat.cellIndex(0, 0, 0)).isEqualTo(2 * 10 + 2);
        assertThat(flat.cellIndex(7, 6, 0)).isEqualTo(flat.fieldCells() - 1);
        var deep = new TileGrid(HaloExchangeConfig.grid3d(1, 1, 1).tile(3, 4, 5));
        assertThat(deep.cellIndex(-1, -1, -1)).isZero();
        assertThat(deep.cellIndex(3, 4, 5)).isEqualTo(deep.fieldCells() - 1);
    }
}
