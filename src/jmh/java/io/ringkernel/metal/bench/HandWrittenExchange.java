package io.ringkernel.metal.bench;

import io.ringkernel.metal.halo.TileGrid;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Halos of float tiles, open edges, faces, exchanged by plain Java in the memory that a device would use. */
final class HandWrittenExchange implements AutoCloseable {

    private final TileGrid grid;
    private final MemorySegment memory;
    private final MemorySegment undivided;
    private final ForkJoinPool threads = new ForkJoinPool(Runtime.getRuntime().availableProcessors());

    HandWrittenExchange(TileGrid grid, MemorySegment memory) {
        this.grid = grid;
        this.memory = memory;
        undivided = MemorySegment.ofArray(
                new float
                        [Math.multiplyExact(
                                Math.multiplyExact(
                                        extent(0) * grid.config().gridExtent(0),
                                        extent(1) * grid.config().gridExtent(1)),
                                extent(2) * grid.config().gridExtent(2))]);
    }

    private int extent(int axis) {
        return grid.config().tileExtent(axis);
    }

    /** Each thread fills the ghosts of some tiles. */
    void exchangeOnAllThreads() {
        threads.submit(() -> IntStream.range(0, grid.tileCount()).parallel().forEach(this::fillGhosts))
                .join();
    }

    private void fillGhosts(int tile) {
        int x = grid.tilePosition(tile, 0);
        int y = grid.tilePosition(tile, 1);
        int z = grid.tilePosition(tile, 2);
        int gridX = grid.config().gridExtent(0);
        int gridY = grid.config().gridExtent(1);
        int gridZ = grid.config().gridExtent(2);
        int planes = gridX * gridY;
        if (x > 0) {
            copyColumns(tile - 1, extent(0) - 1, tile, -1);
        }
        if (x < gridX - 1) {
            copyColumns(tile + 1, 0, tile, extent(0));
        }
        if (y > 0) {
            copyRows(tile - gridX, extent(1) - 1, tile, -1);
        }
        if (y < gridY - 1) {
            copyRows(tile + gridX, 0, tile, extent(1));
        }
        if (z > 0) {
            copyPlane(tile - planes, extent(2) - 1, tile, -1);
        }
        if (z < gridZ - 1) {
            copyPlane(tile + planes, 0, tile, extent(2));
        }
    }

    private void copyColumns(int source, int sourceX, int target, int targetX) {
        for (int z = 0; z < extent(2); z++) {
            long from = cell(source, sourceX, 0, z);
            long to = cell(target, targetX, 0, z);
            int pitch = grid.pitch(0);
            for (int y = 0; y < extent(1); y++) {
                float value = memory.getAtIndex(ValueLayout.JAVA_FLOAT, from + (long) y * pitch);
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, to + (long) y * pitch, value);
            }
        }
    }

    private void copyRows(int source, int sourceY, int target, int targetY) {
        for (int z = 0; z < extent(2); z++) {
            copyRow(cell(source, 0, sourceY, z), cell(target, 0, targetY, z));
        }
    }

    private void copyPlane(int source, int sourceZ, int target, int targetZ) {
        for (int y = 0; y < extent(1); y++) {
            copyRow(cell(source, 0, y, sourceZ), cell(target, 0, y, targetZ));
        }
    }

    private void copyRow(long from, long to) {
        MemorySegment.copy(memory, from * Float.BYTES, memory, to * Float.BYTES, (long) extent(0) * Float.BYTES);
    }

    private long cell(int tile, int x, int y, int z) {
        return (long) tile * grid.fieldCells() + grid.cellIndex(x, y, z);
    }

    /** What a host without tiles in shared memory does: one thread gathers the domain, and scatters it with ghosts. */
    void exchangeThroughTheUndividedArray() {
        for (int tile = 0; tile < grid.tileCount(); tile++) {
            copyTile(tile, 0, true);
        }
        for (int tile = 0; tile < grid.tileCount(); tile++) {
            copyTile(tile, 1, false);
        }
    }

    private void copyTile(int tile, int halo, boolean intoUndivided) {
        int width = extent(0) * grid.config().gridExtent(0);
        int height = extent(1) * grid.config().gridExtent(1);
        int depth = extent(2) * grid.config().gridExtent(2);
        int deepHalo = grid.config().dimensions() == 3 ? halo : 0;
        int firstX = grid.tilePosition(tile, 0) * extent(0);
        int firstY = grid.tilePosition(tile, 1) * extent(1);
        int firstZ = grid.tilePosition(tile, 2) * extent(2);
        int left = Math.max(-halo, -firstX);
        long row = Math.min(extent(0) + halo, width - firstX) - left;
        for (int z = Math.max(-deepHalo, -firstZ); z < Math.min(extent(2) + deepHalo, depth - firstZ); z++) {
            for (int y = Math.max(-halo, -firstY); y < Math.min(extent(1) + halo, height - firstY); y++) {
                long whole = ((long) (firstZ + z) * height + firstY + y) * width + firstX + left;
                long stored = cell(tile, left, y, z);
                if (intoUndivided) {
                    copyFloats(memory, stored, undivided, whole, row);
                } else {
                    copyFloats(undivided, whole, memory, stored, row);
                }
            }
        }
    }

    private static void copyFloats(MemorySegment from, long source, MemorySegment to, long target, long count) {
        MemorySegment.copy(from, source * Float.BYTES, to, target * Float.BYTES, count * Float.BYTES);
    }

    @Override
    public void close() {
        threads.close();
    }
}
