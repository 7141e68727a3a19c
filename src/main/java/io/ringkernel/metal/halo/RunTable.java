package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.wire.HaloRun;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Boxes of ghost cells as {@code HaloRun}s of {@code halo_exchange.metal}: each box is cut into lines along its longest
 * axis, which some threads copy together.
 *
 * @param table the runs on the device
 * @param count the number of runs
 */
record RunTable(MetalBuffer table, int count) {
    static RunTable of(HaloResources resources, TileGrid grid, List<GhostCells.Region> regions) {
        int count = 0;
        for (var region : regions) {
            count = Math.addExact(count, runs(region));
        }
        var table = MemorySegment.ofArray(new byte[Math.multiplyExact(HaloRun.BYTE_SIZE, count)]);
        long next = 0;
        for (int i = 0; i < regions.size(); i++) {
            for (var run : runs(grid, regions.get(i), i)) {
                run.writeTo(table.asSlice(next, HaloRun.BYTE_SIZE));
                next += HaloRun.BYTE_SIZE;
            }
        }
        return new RunTable(resources.table(table), count);
    }

    /** The runs of a box. */
    static int runs(GhostCells.Region region) {
        return region.cellCount() / region.span(GhostCells.longestAxis(region)).length();
    }

    private static List<HaloRun> runs(TileGrid grid, GhostCells.Region region, int route) {
        int along = GhostCells.longestAxis(region);
        int first = (along + 1) % 3;
        int second = (along + 2) % 3;
        var runs = new ArrayList<HaloRun>(runs(region));
        for (int j = 0; j < region.span(second).length(); j++) {
            for (int i = 0; i < region.span(first).length(); i++) {
                int target =
                        GhostCells.firstTarget(grid, region) + i * grid.cellStep(first) + j * grid.cellStep(second);
                int source = GhostCells.firstSource(grid, region)
                        + i * GhostCells.sourceStep(grid, region, first)
                        + j * GhostCells.sourceStep(grid, region, second);
                runs.add(new HaloRun(
                        region.tile(),
                        target,
                        region.source(),
                        source,
                        region.span(along).length(),
                        grid.cellStep(along),
                        GhostCells.sourceStep(grid, region, along),
                        route));
            }
        }
        return runs;
    }
}
