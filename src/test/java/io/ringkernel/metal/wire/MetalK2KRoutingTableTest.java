package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MetalK2KRoutingTableTest {
    @ParameterizedTest
    @CsvSource({"VON_NEUMANN_2D, 4", "MOORE_2D, 8", "VON_NEUMANN_3D, 6", "MOORE_3D, 26"})
    void aNeighborhoodHasAllItsNeighboursOnceAndFacesFirst(Neighborhood neighborhood, int count) {
        assertThat(neighborhood.count()).isEqualTo(count);
        var seen = new HashSet<List<Integer>>();
        int faces = neighborhood.dimensions() * 2;
        for (int d = 0; d < count; d++) {
            var offset = List.of(neighborhood.dx(d), neighborhood.dy(d), neighborhood.dz(d));
            assertThat(offset).allMatch(step -> Math.abs(step) <= 1);
            assertThat(offset.stream().mapToInt(Math::abs).sum() == 1).isEqualTo(d < faces);
            seen.add(offset);
        }
        assertThat(seen).hasSize(count).doesNotContain(List.of(0, 0, 0));
    }

    @Test
    void theFacesAreNorthSouthWestEastBelowAbove() {
        var faces = IntStream.range(0, 6)
                .mapToObj(d ->
                        List.of(Neighborhood.MOORE_3D.dx(d), Neighborhood.MOORE_3D.dy(d), Neighborhood.MOORE_3D.dz(d)))
                .toList();
        assertThat(faces)
                .containsExactly(
                        List.of(0, -1, 0),
                        List.of(0, 1, 0),
                        List.of(-1, 0, 0),
                        List.of(1, 0, 0),
                        List.of(0, 0, -1),
                        List.of(0, 0, 1));
        assertThat(Neighborhood.MOORE_2D.dx(4)).isEqualTo(-1);
        assertThat(Neighborhood.MOORE_2D.dy(4)).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void theOppositeOfTheOppositeIsTheDirection(Neighborhood neighborhood) {
        for (int d = 0; d < neighborhood.count(); d++) {
            int opposite = neighborhood.opposite(d);
            assertThat(neighborhood.dx(opposite)).isEqualTo(-neighborhood.dx(d));
            assertThat(neighborhood.dy(opposite)).isEqualTo(-neighborhood.dy(d));
            assertThat(neighborhood.dz(opposite)).isEqualTo(-neighborhood.dz(d));
            assertThat(neighborhood.opposite(opposite)).isEqualTo(d);
        }
    }

    @Test
    void theMiddleOfAGridReachesItsNeighboursInTheOrderOfTheDirections() {
        var table =
                MetalK2KRoutingTable.grid(Neighborhood.MOORE_2D, 3, 3, 1, 4096).table(4);
        assertThat(table.routes().stream()
                        .map(MetalK2KRouteEntry::destThreadgroup)
                        .toList())
                .containsExactly(1, 7, 3, 5, 0, 2, 6, 8);
        assertThat(table.routes().get(1)).isEqualTo(MetalK2KRouteEntry.to(7, 7 * 4096));
    }

    @Test
    void anOpenEdgeLeavesInactiveRoutes() {
        var corner = MetalK2KRoutingTable.grid(Neighborhood.VON_NEUMANN_2D, 4, 2, 1, 64)
                .table(0);
        assertThat(corner.routes())
                .containsExactly(
                        MetalK2KRouteEntry.NONE,
                        MetalK2KRouteEntry.to(4, 256),
                        MetalK2KRouteEntry.NONE,
                        MetalK2KRouteEntry.to(1, 64));
    }

    @Test
    void aPeriodicAxisWrapsAroundAndTheOthersStayOpen() {
        var corner = MetalK2KRoutingTable.grid(Neighborhood.VON_NEUMANN_2D, 4, 2, 1, 64)
                .periodicX()
                .table(0);
        assertThat(corner.routes().get(2)).isEqualTo(MetalK2KRouteEntry.to(3, 3 * 64));
        assertThat(corner.routes().get(0)).isEqualTo(MetalK2KRouteEntry.NONE);
    }

    @Test
    void aPeriodicGridOfOneCellIsItsOwnNeighbour() {
        var table = MetalK2KRoutingTable.grid(Neighborhood.MOORE_3D, 1, 1, 1, 64)
                .periodic()
                .table(0);
        assertThat(table.routes()).hasSize(26).containsOnly(MetalK2KRouteEntry.to(0, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void aRouteAndItsOppositeLeadThereAndBack(long seed) {
        var random = new Random(seed);
        var neighborhood = Neighborhood.values()[random.nextInt(4)];
        int depth = neighborhood.dimensions() == 2 ? 1 : 1 + random.nextInt(4);
        var grid = MetalK2KRoutingTable.grid(
                neighborhood, 1 + random.nextInt(6), 1 + random.nextInt(6), depth, 64 * (1 + random.nextInt(9)));
        grid = random.nextBoolean() ? grid.periodicX() : grid;
        grid = random.nextBoolean() ? grid.periodicY() : grid;
        grid = random.nextBoolean() ? grid.periodicZ() : grid;
        var tables = grid.tables();
        assertThat(tables).hasSize(grid.cellCount());
        for (var table : tables) {
            for (int d = 0; d < neighborhood.count(); d++) {
                var route = table.routes().get(d);
                if (route.isActive()) {
                    var back = tables.get(route.destThreadgroup()).routes().get(neighborhood.opposite(d));
                    assertThat(back.isActive()).isTrue();
                    assertThat(back.destThreadgroup()).isEqualTo(table.selfId());
                }
            }
        }
    }

    @Test
    void aTableStandsWhereItShould() {
        var raw = new byte[864];
        Arrays.fill(raw, (byte) -1);
        var table = MetalK2KRoutingTable.graph(9, 128, List.of(2, 30));
        table.writeTo(MemorySegment.ofArray(raw));
        var expected = ByteBuffer.allocate(864).order(ByteOrder.LITTLE_ENDIAN);
        expected.putInt(0, 9).putInt(4, 2);
        expected.putInt(32, 2).putInt(36, 256).putInt(40, 1).putInt(44, 1).putInt(52, 1);
        expected.putInt(64, 30).putInt(68, 3840).putInt(72, 1).putInt(76, 1).putInt(84, 1);
        assertThat(raw).isEqualTo(expected.array());
        assertThat(MetalK2KRoutingTable.readFrom(MemorySegment.ofArray(raw))).isEqualTo(table);
    }

    @Test
    void aGridsTableKeepsItsExtents() {
        var raw = new byte[864];
        var table =
                MetalK2KRoutingTable.grid(Neighborhood.MOORE_3D, 2, 3, 4, 64).table(5);
        table.writeTo(MemorySegment.ofArray(raw));
        var little = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(List.of(little.getInt(0), little.getInt(4), little.getInt(8), little.getInt(12), little.getInt(16)))
                .containsExactly(5, 26, 2, 3, 4);
        assertThat(MetalK2KRoutingTable.readFrom(MemorySegment.ofArray(raw))).isEqualTo(table);
    }

    @Test
    void moreRoutesThanATableHoldsAreRefused() {
        var destinations = IntStream.range(0, 27).boxed().toList();
        assertThatThrownBy(() -> MetalK2KRoutingTable.graph(0, 64, destinations))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("routes not in 0..26: 27");
    }

    @Test
    void impossibleGridsAreRefusedWithTheReason() {
        assertThatThrownBy(() -> MetalK2KRoutingTable.grid(Neighborhood.MOORE_2D, 4, 4, 2, 64))
                .hasMessage("dimZ not 1 in two dimensions: 2");
        assertThatThrownBy(() -> MetalK2KRoutingTable.grid(Neighborhood.MOORE_2D, 0, 4, 1, 64))
                .hasMessage("dimX not positive: 0");
        assertThatThrownBy(() -> MetalK2KRoutingTable.grid(Neighborhood.MOORE_2D, 65_536, 65_536, 1, 64))
                .hasMessageContaining("exceed 4294967295 bytes");
        assertThatThrownBy(() -> MetalK2KRoutingTable.grid(Neighborhood.MOORE_2D, 4, 4, 1, 64)
                        .table(16))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aRouteCountThatCannotBeIsRefused() {
        var raw = new byte[864];
        raw[4] = 27;
        assertThatThrownBy(() -> MetalK2KRoutingTable.readFrom(MemorySegment.ofArray(raw)))
                .hasMessage("route_count not in 0..26: 27");
    }
}
