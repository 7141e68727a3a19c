package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBuffer;
import java.util.List;

/**
 * Boxes of ghost cells as {@code HaloRun}s of {@code halo_exchange.metal}: each box is cut into lines along its longest
 * axis, which some threads copy together.
 *
 * @param table the runs on the device, 8 numbers each
 * @param count the number of runs
 */
record RunTable(MetalBuffer table, int count) {
    private static final int NUMBERS = 8;

    static RunTable of(HaloResources resources, TileGrid grid, List<GhostCells.Region> regions) {
        int count = 0;
        for (var region : regions) {
            count = Math.addExact(count, runs(region));
        }
        var numbers = new int[Math.multiplyExact(NUMBERS, count)];
        int next = 0;
        for (int i = 0; i < regions.size(); i++) {
            next = append(grid, regions.get(i), i, numbers, next);
        }
        return new RunTable(resources.table(numbers), count);
    }

    /** The runs of a box. */
    static int runs(GhostCells.Region region) {
        return region.cellCount() / region.span(GhostCells.longestAxis(region)).length();
    }

    private static int append(TileGrid grid, GhostCells.Region region, int route, int[] numbers, int from) {
        int along = GhostCells.longestAxis(region);
        int first = (along + 1) % 3;
        int second = (along + 2) % 3;
        int next = from;
        for (int j = 0; j < region.span(second).length(); j++) {
            for (int i = 0; i < region.span(first).length(); i++) {
                numbers[next++] = region.tile();
                numbers[next++] =
                        GhostCells.firstTarget(grid, region) + i * grid.cellStep(first) + j * grid.cellStep(second);
                numbers[next++] = region.source();
                numbers[next++] = GhostCells.firstSource(grid, region)
                        + i * GhostCells.sourceStep(grid, region, first)
                        + j * GhostCells.sourceStep(grid, region, second);
                numbers[next++] = region.span(along).length();
                numbers[next++] = grid.cellStep(along);
                numbers[next++] = GhostCells.sourceStep(grid, region, along);
                numbers[next++] = route;
            }
        }
        return next;
    }
}
