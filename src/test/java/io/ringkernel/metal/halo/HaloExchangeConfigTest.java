package io.ringkernel.metal.halo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.wire.Neighborhood;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

final class HaloExchangeConfigTest {
    private static final HaloExchangeConfig FLAT = HaloExchangeConfig.grid2d(3, 2);
    private static final HaloExchangeConfig DEEP = HaloExchangeConfig.grid3d(2, 2, 2);

    static final List<Arguments> REFUSED = List.of(
            Arguments.of(FLAT.tile(8, 4).halo(5), "halo exceeds the tile's extent of 4 along axis 1: 5"),
            Arguments.of(FLAT.tile(8, 4).domain(16, 8), "domain along axis 0 not in 17..24 for 3 tiles of 8: 16"),
            Arguments.of(FLAT.tile(8, 4).domain(24, 9), "domain along axis 1 not in 5..8 for 2 tiles of 4: 9"),
            Arguments.of(
                    FLAT.cell(HaloCell.UCHAR).edges(HaloEdge.constant(256)),
                    "constant edge is not a value of type UCHAR: 256.0"),
            Arguments.of(
                    FLAT.cell(HaloCell.UINT).edgesY(HaloEdge.constant(-1)),
                    "constant edge is not a value of type UINT: -1.0"),
            Arguments.of(
                    FLAT.cell(HaloCell.INT).edges(HaloEdge.constant(0.5)),
                    "constant edge is not a value of type INT: 0.5"),
            Arguments.of(
                    FLAT.cell(HaloCell.SHORT).edges(HaloEdge.constant(32768)),
                    "constant edge is not a value of type SHORT: 32768.0"),
            Arguments.of(
                    FLAT.cell(HaloCell.HALF).edges(HaloEdge.constant(0.1)),
                    "constant edge is not a value of type HALF: 0.1"),
            Arguments.of(FLAT.edges(HaloEdge.constant(0.1)), "constant edge is not a value of type FLOAT: 0.1"),
            Arguments.of(
                    DEEP.cell(HaloCell.INT).edgesZ(HaloEdge.constant(Double.NaN)),
                    "constant edge is not a value of type INT: NaN"),
            Arguments.of(HaloExchangeConfig.grid2d(1000, 1000), "cells with halos exceed 2147483647: 4356000000"));

    @ParameterizedTest
    @FieldSource("REFUSED")
    void aConfigurationThatContradictsItselfIsRefusedWithTheReason(HaloExchangeConfig config, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TileGrid(config))
                .withMessage(reason);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetalHaloExchange(config))
                .withMessage(reason);
    }

    @Test
    void extentsAndWidthsBelowOneAreRefusedAtTheCall() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HaloExchangeConfig.grid2d(0, 1))
                .withMessage("grid has an extent below 1: [0, 1, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEEP.tile(4, 4, 0))
                .withMessage("tile has an extent below 1: [4, 4, 0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FLAT.domain(-1, 4))
                .withMessage("domain has an extent below 1: [-1, 4, 1]");
        assertThatIllegalArgumentException().isThrownBy(() -> FLAT.halo(0)).withMessage("halo is below 1: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> FLAT.fields(0)).withMessage("fields is below 1: 0");
    }

    @Test
    void theNumberOfExtentsIsThatOfTheGrid() {
        assertThatThrownBy(() -> FLAT.tile(4, 4, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the grid has 2 dimensions, not 3");
        assertThatThrownBy(() -> DEEP.domain(4, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the grid has 3 dimensions, not 2");
    }

    @Test
    void aHaloMayBeAsWideAsTheTile() {
        assertThatNoException()
                .isThrownBy(() -> new TileGrid(FLAT.tile(5, 7).domain(11, 8).halo(5)));
    }

    @Test
    void theOriginalsConstructorsTakeGridThenTileThenHalo() {
        var flat = HaloExchangeConfig.new2d(2, 3, 16, 8, 4);
        assertThat(List.of(flat.gridExtent(0), flat.gridExtent(1), flat.tileExtent(0), flat.tileExtent(1)))
                .containsExactly(2, 3, 16, 8);
        assertThat(flat.haloWidth()).isEqualTo(4);
        var deep = HaloExchangeConfig.new3d(2, 3, 4, 16, 8, 6, 5);
        assertThat(List.of(deep.gridExtent(2), deep.tileExtent(0), deep.tileExtent(1), deep.tileExtent(2)))
                .containsExactly(4, 16, 8, 6);
        assertThat(deep.haloWidth()).isEqualTo(5);
    }

    @Test
    void aChangedCopyLeavesTheFirstAlone() {
        var changed =
                FLAT.edges(HaloEdge.periodic()).corners().fields(2).halo(3).cell(HaloCell.HALF);

        assertThat(FLAT.edge(0)).isEqualTo(HaloEdge.open());
        assertThat(FLAT.neighborhood()).isEqualTo(Neighborhood.VON_NEUMANN_2D);
        assertThat(FLAT.fieldCount()).isEqualTo(1);
        assertThat(FLAT.haloWidth()).isEqualTo(1);
        assertThat(FLAT.cellType()).isEqualTo(HaloCell.FLOAT);
        assertThat(changed.neighborhood()).isEqualTo(Neighborhood.MOORE_2D);
    }
}
