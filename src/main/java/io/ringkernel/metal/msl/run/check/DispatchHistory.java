package io.ringkernel.metal.msl.run.check;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.Grid;
import java.util.Arrays;
import java.util.List;

/** The threadgroups that a dispatch ran, by the epoch in which each began. */
final class DispatchHistory {
    private final String kernel;
    private final List<Integer> siteLines;
    private final Grid grid;
    private long[] starts = new long[16];
    private long[] groups = new long[16];
    private int count;

    DispatchHistory(String kernel, List<Integer> siteLines, Grid grid) {
        this.kernel = kernel;
        this.siteLines = siteLines;
        this.grid = grid;
    }

    String kernel() {
        return kernel;
    }

    void beginGroup(long epoch, int x, int y, int z) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            groups = Arrays.copyOf(groups, 2 * count);
        }
        var size = grid.threadgroups();
        starts[count] = epoch;
        groups[count++] = x + (y + (long) z * size.height()) * size.width();
    }

    long firstEpoch() {
        return starts[0];
    }

    /** The number of the threadgroup that ran in an epoch, in order of x, y and z. */
    long group(long epoch) {
        var found = Arrays.binarySearch(starts, 0, count, epoch);
        return groups[found >= 0 ? found : Math.max(0, -found - 2)];
    }

    int line(int site) {
        return site < siteLines.size() ? siteLines.get(site) : 0;
    }

    Finding.Access access(long cell) {
        return new Finding.Access(
                line(Cell.site(cell)),
                Cell.isWrite(cell),
                Cell.isAtomic(cell),
                thread(group(Cell.epoch(cell)), Cell.lane(cell)));
    }

    Finding.Thread thread(long group, int lane) {
        var counts = grid.threadgroups();
        var size = grid.threadsPerThreadgroup();
        var x = (int) (group % counts.width());
        var y = (int) (group / counts.width() % counts.height());
        var z = (int) (group / counts.width() / counts.height());
        var width = Math.min(size.width(), grid.threads().width() - x * size.width());
        var height = Math.min(size.height(), grid.threads().height() - y * size.height());
        var own = new Extent(lane % width, lane / width % height, lane / width / height);
        var inGrid = new Extent(
                x * size.width() + own.width(), y * size.height() + own.height(), z * size.depth() + own.depth());
        return new Finding.Thread(inGrid, own, new Extent(x, y, z));
    }
}
