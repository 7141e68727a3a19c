package io.ringkernel.metal.halo;

import java.util.ArrayList;
import java.util.List;

/**
 * For each ghost cell that an exchange fills, where its value comes from: a list of boxes, in the order of the tiles.
 * Each cell lies in one box only.
 */
final class GhostCells {
    /** As a source, {@code CONSTANT + axis} stands for the constant of that axis' edge. */
    static final int CONSTANT = -3;

    private static final int AXES = 3;
    private static final int OUTSIDE = -1;

    /**
     * One axis of a box: ghost coordinates {@code target..target + length - 1} get their values from coordinates
     * {@code from}, {@code from + step} and so on of the tile at a position of the grid. The step is 1, or 0 where one
     * cell is repeated; both coordinates count from the interior's first cell.
     */
    record Span(int position, int target, int from, int step, int length) {
        boolean isConstant() {
            return position == OUTSIDE;
        }
    }

    /**
     * A box of ghost cells of one tile that get their values from one tile, or from a constant.
     *
     * @param tile whose halo it is
     * @param direction where the box lies, in the order of the neighbourhood
     * @param source the tile that the values come from, or {@code CONSTANT + axis}
     */
    record Region(int tile, int direction, int source, Span x, Span y, Span z) {
        boolean isConstant() {
            return source < 0;
        }

        int cellCount() {
            return x.length * y.length * z.length;
        }

        Span span(int axis) {
            return switch (axis) {
                case 0 -> x;
                case 1 -> y;
                default -> z;
            };
        }
    }

    private final TileGrid grid;
    private final List<Region> regions = new ArrayList<>();

    GhostCells(TileGrid grid) {
        this.grid = grid;
        for (int tile = 0; tile < grid.tileCount(); tile++) {
            for (int direction = 0; direction < grid.config().neighborhood().count(); direction++) {
                addRegions(tile, direction);
            }
        }
    }

    List<Region> regions() {
        return regions;
    }

    /** Ghost cells of one field, of all tiles together. */
    long cellCount() {
        return regions.stream().mapToLong(Region::cellCount).sum();
    }

    private void addRegions(int tile, int direction) {
        var neighborhood = grid.config().neighborhood();
        for (var z : spans(tile, 2, neighborhood.dz(direction))) {
            for (var y : spans(tile, 1, neighborhood.dy(direction))) {
                for (var x : spans(tile, 0, neighborhood.dx(direction))) {
                    regions.add(new Region(tile, direction, source(x, y, z), x, y, z));
                }
            }
        }
    }

    private int source(Span x, Span y, Span z) {
        if (x.isConstant()) {
            return CONSTANT;
        }
        if (y.isConstant()) {
            return CONSTANT + 1;
        }
        return z.isConstant() ? CONSTANT + 2 : grid.tileAt(x.position, y.position, z.position);
    }

    /** The interior for step 0, else the halo on one side, as spans; none where an open edge leaves nothing to fill. */
    private List<Span> spans(int tile, int axis, int step) {
        int position = grid.tilePosition(tile, axis);
        int interior = grid.interior(tile, axis);
        if (step == 0) {
            return List.of(new Span(position, 0, 0, 1, interior));
        }
        int halo = grid.config().haloAlong(axis);
        int first = step < 0 ? -halo : interior;
        int begin = position * grid.config().tileExtent(axis);
        var spans = new ArrayList<Span>();
        for (int i = first; i < first + halo; i++) {
            addCell(spans, axis, i, begin + i);
        }
        return spans;
    }

    private void addCell(List<Span> spans, int axis, int target, int coordinate) {
        var config = grid.config();
        int extent = config.domainExtent(axis);
        if (coordinate >= 0 && coordinate < extent) {
            addCopy(spans, axis, target, coordinate);
            return;
        }
        switch (config.edge(axis)) {
            case HaloEdge.Open() -> {}
            case HaloEdge.Constant(double _) -> append(spans, new Span(OUTSIDE, target, 0, 0, 1));
            case HaloEdge.Clamped() -> addCopy(spans, axis, target, Math.clamp(coordinate, 0, extent - 1));
            case HaloEdge.Periodic() -> addCopy(spans, axis, target, Math.floorMod(coordinate, extent));
        }
    }

    private void addCopy(List<Span> spans, int axis, int target, int coordinate) {
        int tile = grid.config().tileExtent(axis);
        append(spans, new Span(coordinate / tile, target, coordinate % tile, 1, 1));
    }

    /** Adds a span of one cell, which becomes part of the last one where its source continues that one's. */
    private static void append(List<Span> spans, Span cell) {
        var last = spans.isEmpty() ? null : spans.getLast();
        if (last == null || last.position != cell.position) {
            spans.add(cell);
            return;
        }
        int step = cell.from - last.from;
        boolean continues = last.length == 1 ? step == 0 || step == 1 : step == last.step * last.length;
        if (continues) {
            int together = last.length == 1 ? step : last.step;
            spans.set(spans.size() - 1, new Span(last.position, last.target, last.from, together, last.length + 1));
        } else {
            spans.add(cell);
        }
    }

    /** The distance of neighbouring source cells along an axis, in cells of a field. */
    static int sourceStep(TileGrid grid, Region region, int axis) {
        return region.isConstant() ? 0 : region.span(axis).step * grid.cellStep(axis);
    }

    /** The index of the first ghost cell in its field. */
    static int firstTarget(TileGrid grid, Region region) {
        return grid.cellIndex(region.x.target, region.y.target, region.z.target);
    }

    /** The index of the first source cell in its field; 0 for a constant. */
    static int firstSource(TileGrid grid, Region region) {
        return region.isConstant() ? 0 : grid.cellIndex(region.x.from, region.y.from, region.z.from);
    }

    /** The axis along which a box is longest: x where it is as long as any other. */
    static int longestAxis(Region region) {
        int longest = 0;
        for (int axis = 1; axis < AXES; axis++) {
            if (region.span(axis).length > region.span(longest).length) {
                longest = axis;
            }
        }
        return longest;
    }
}
