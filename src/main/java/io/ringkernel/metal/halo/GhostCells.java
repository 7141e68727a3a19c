package io.ringkernel.metal.halo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For each ghost cell that an exchange fills, where its value comes from. Each cell appears once, grouped by the tile
 * that it belongs to and the direction in which its halo lies.
 */
final class GhostCells {
    /** The source tile of cells that get the constant of the edge. */
    static final int CONSTANT = -1;

    private static final int AXES = 3;

    /**
     * The cells of one halo that come from one tile.
     *
     * @param tile whose halo it is
     * @param direction where the halo lies, in the order of the neighbourhood
     * @param source the tile that the values come from, or {@link #CONSTANT}
     * @param extents cells along x, y and z
     * @param targets indices of the ghost cells in their field
     * @param sources indices of the source cells in their field; zeros for a constant
     */
    record Region(int tile, int direction, int source, int[] extents, int[] targets, int[] sources) {}

    private final TileGrid grid;
    private final List<Region> regions = new ArrayList<>();

    GhostCells(TileGrid grid) {
        this.grid = grid;
        var neighborhood = grid.config().neighborhood();
        for (int tile = 0; tile < grid.tileCount(); tile++) {
            for (int direction = 0; direction < neighborhood.count(); direction++) {
                addRegion(tile, direction);
            }
        }
    }

    List<Region> regions() {
        return regions;
    }

    /** Ghost cells of one field, of all tiles together. */
    int cellCount() {
        return regions.stream().mapToInt(region -> region.targets.length).sum();
    }

    private void addRegion(int tile, int direction) {
        var neighborhood = grid.config().neighborhood();
        int[] step = {neighborhood.dx(direction), neighborhood.dy(direction), neighborhood.dz(direction)};
        var spans = new Span[AXES];
        for (int axis = 0; axis < AXES; axis++) {
            spans[axis] = span(tile, axis, step[axis]);
            if (spans[axis] == null) {
                return;
            }
        }
        boolean constant = Arrays.stream(spans).anyMatch(span -> span.tilePosition == CONSTANT);
        int source = constant
                ? CONSTANT
                : grid.tileAt(new int[] {spans[0].tilePosition, spans[1].tilePosition, spans[2].tilePosition});
        var extents = new int[] {spans[0].targets.length, spans[1].targets.length, spans[2].targets.length};
        int[] targets = indices(spans[0].targets, spans[1].targets, spans[2].targets);
        int[] sources = indices(spans[0].sources, spans[1].sources, spans[2].sources);
        regions.add(
                new Region(tile, direction, source, extents, targets, constant ? new int[targets.length] : sources));
    }

    /**
     * One axis of a region: the ghost coordinates in the tile, and the source coordinates in the tile at a grid
     * position.
     */
    private record Span(int tilePosition, int[] targets, int[] sources) {}

    /** Null where an open edge leaves nothing to fill. */
    private Span span(int tile, int axis, int step) {
        var config = grid.config();
        int position = grid.tilePosition(tile, axis);
        int interior = grid.interior(tile, axis);
        if (step == 0) {
            return new Span(position, range(0, interior), range(0, interior));
        }
        int halo = config.haloAlong(axis);
        int[] targets = step < 0 ? range(-halo, 0) : range(interior, interior + halo);
        int last = config.gridExtent(axis) - 1;
        int neighbor = position + step;
        if (neighbor < 0 || neighbor > last) {
            return switch (config.edge(axis)) {
                case HaloEdge.Open() -> null;
                case HaloEdge.Constant(double _) -> new Span(CONSTANT, targets, new int[halo]);
                case HaloEdge.Clamped() -> new Span(position, targets, filled(halo, step < 0 ? 0 : interior - 1));
                case HaloEdge.Periodic() -> fromNeighbor(step < 0 ? last : 0, axis, step, targets);
            };
        }
        return fromNeighbor(neighbor, axis, step, targets);
    }

    private Span fromNeighbor(int neighbor, int axis, int step, int[] targets) {
        var config = grid.config();
        int begin = neighbor * config.tileExtent(axis);
        int interior = Math.min(config.tileExtent(axis), config.domainExtent(axis) - begin);
        int halo = config.haloAlong(axis);
        return new Span(neighbor, targets, step < 0 ? range(interior - halo, interior) : range(0, halo));
    }

    private int[] indices(int[] xs, int[] ys, int[] zs) {
        var indices = new int[xs.length * ys.length * zs.length];
        int next = 0;
        for (int z : zs) {
            for (int y : ys) {
                for (int x : xs) {
                    indices[next++] = grid.cellIndex(x, y, z);
                }
            }
        }
        return indices;
    }

    private static int[] range(int begin, int end) {
        var range = new int[end - begin];
        Arrays.setAll(range, i -> begin + i);
        return range;
    }

    private static int[] filled(int length, int value) {
        var filled = new int[length];
        Arrays.fill(filled, value);
        return filled;
    }
}
