package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Where the cells of a domain lie in its tiles, and back.
 *
 * <p><b>Shape.</b> A tile is stored field by field; a field is {@link #pitch(int) pitch(0)} x {@code pitch(1)} x
 * {@code pitch(2)} cells, x contiguous, with the interior's first cell at {@code (halo, halo, halo)}. Every tile takes
 * the same {@link #tileByteSize()} bytes; a smaller last tile leaves cells at its end unused. Tiles are numbered with x
 * fastest.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class TileGrid {
    private static final int AXES = 3;

    private final HaloExchangeConfig config;

    /**
     * The grid of a configuration.
     *
     * @throws IllegalArgumentException if the configuration contradicts itself; the message says how
     */
    public TileGrid(HaloExchangeConfig config) {
        config.validate();
        this.config = config;
    }

    /** The configuration. */
    public HaloExchangeConfig config() {
        return config;
    }

    /** The number of tiles. */
    public int tileCount() {
        return config.gridExtent(0) * config.gridExtent(1) * config.gridExtent(2);
    }

    /**
     * The tile's place in the grid along an axis.
     *
     * @throws IndexOutOfBoundsException if there is no such tile or axis
     */
    public int tilePosition(int tile, int axis) {
        Objects.checkIndex(tile, tileCount());
        return switch (Objects.checkIndex(axis, AXES)) {
            case 0 -> tile % config.gridExtent(0);
            case 1 -> tile / config.gridExtent(0) % config.gridExtent(1);
            default -> tile / config.gridExtent(0) / config.gridExtent(1);
        };
    }

    /** The number of the tile at a place in the grid. */
    int tileAt(int x, int y, int z) {
        return (z * config.gridExtent(1) + y) * config.gridExtent(0) + x;
    }

    /**
     * Cells of a tile's interior along an axis; smaller for the last tile of a domain that the tiles do not fill.
     *
     * @throws IndexOutOfBoundsException if there is no such tile or axis
     */
    public int interior(int tile, int axis) {
        int begin = tilePosition(tile, axis) * config.tileExtent(axis);
        return Math.min(config.tileExtent(axis), config.domainExtent(axis) - begin);
    }

    /** Cells of a stored field along an axis: a full tile and two halos, or 1 along z in two dimensions. */
    public int pitch(int axis) {
        return config.tileExtent(axis) + 2 * config.haloAlong(axis);
    }

    /** Cells of one stored field of one tile. */
    public int fieldCells() {
        return pitch(0) * pitch(1) * pitch(2);
    }

    /** Cells of a field from one cell to the next along an axis. */
    int cellStep(int axis) {
        return switch (Objects.checkIndex(axis, AXES)) {
            case 0 -> 1;
            case 1 -> pitch(0);
            default -> pitch(0) * pitch(1);
        };
    }

    /** Bytes of one stored tile with all its fields. */
    public long tileByteSize() {
        return (long) fieldCells() * config.fieldCount() * config.cellType().byteSize();
    }

    /** Bytes of all tiles one behind the other. */
    public long byteSize() {
        return tileByteSize() * tileCount();
    }

    /** The index of a cell in its field; coordinates count from the interior's first cell and may lie in the halo. */
    public int cellIndex(int x, int y, int z) {
        return ((z + config.haloAlong(2)) * pitch(1) + y + config.haloAlong(1)) * pitch(0) + x + config.haloAlong(0);
    }

    /**
     * The tiles of a buffer that holds them one behind the other.
     *
     * @throws IllegalArgumentException if the buffer is smaller than {@link #byteSize()}
     */
    public List<MetalBufferSlice> slices(MetalBuffer buffer) {
        if (buffer.byteSize() < byteSize()) {
            throw new IllegalArgumentException(
                    "buffer is smaller than the " + byteSize() + " bytes of all tiles: " + buffer.byteSize());
        }
        var tiles = new ArrayList<MetalBufferSlice>(tileCount());
        for (int tile = 0; tile < tileCount(); tile++) {
            tiles.add(buffer.slice(tile * tileByteSize(), tileByteSize()));
        }
        return tiles;
    }

    /**
     * Cuts one array of the whole domain, x contiguous, into the interiors of the tiles. Ghost cells are left alone.
     *
     * @throws IndexOutOfBoundsException if there is no such field
     * @throws IllegalArgumentException if the array or the tiles have the wrong size
     * @throws IllegalStateException if a tile's buffer is closed
     */
    public void scatter(MemorySegment domain, int field, List<MetalBufferSlice> tiles) {
        copyRows(domain, field, tiles, true);
    }

    /**
     * Puts the interiors of the tiles together into one array of the whole domain, x contiguous.
     *
     * @throws IndexOutOfBoundsException if there is no such field
     * @throws IllegalArgumentException if the array or the tiles have the wrong size
     * @throws IllegalStateException if a tile's buffer is closed
     */
    public void gather(List<MetalBufferSlice> tiles, int field, MemorySegment domain) {
        copyRows(domain, field, tiles, false);
    }

    /** Checks that there is a tile of the right size for each place of the grid, at a multiple of the cell's size. */
    private void requireSizes(List<MetalBufferSlice> tiles) {
        if (tiles.size() != tileCount()) {
            throw new IllegalArgumentException("tiles are not " + tileCount() + ": " + tiles.size());
        }
        int cellSize = config.cellType().byteSize();
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            if (tile.byteSize() < tileByteSize()) {
                throw new IllegalArgumentException(
                        "tile " + i + " is smaller than " + tileByteSize() + " bytes: " + tile.byteSize());
            }
            if (tile.byteOffset() % cellSize != 0) {
                throw new IllegalArgumentException("tile " + i + " does not begin at a multiple of the cell's "
                        + cellSize + " bytes: " + tile.byteOffset());
            }
        }
    }

    /** Checks sizes, places, and that no two tiles share memory. */
    void requireTiles(List<MetalBufferSlice> tiles) {
        requireSizes(tiles);
        if (!liesOneBehindTheOther(tiles)) {
            tiles.stream()
                    .collect(Collectors.groupingBy(MetalBufferSlice::buffer))
                    .values()
                    .forEach(this::requireApart);
        }
    }

    private void requireApart(List<MetalBufferSlice> tilesOfOneBuffer) {
        long[] offsets = tilesOfOneBuffer.stream()
                .mapToLong(MetalBufferSlice::byteOffset)
                .sorted()
                .toArray();
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] - offsets[i - 1] < tileByteSize()) {
                throw new IllegalArgumentException("tiles overlap: they begin at " + offsets[i - 1] + " and "
                        + offsets[i] + " and take " + tileByteSize() + " bytes");
            }
        }
    }

    /** Whether the tiles lie in one buffer as {@link #slices} cuts it, anywhere in it. */
    boolean liesOneBehindTheOther(List<MetalBufferSlice> tiles) {
        var first = tiles.getFirst();
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            boolean follows = tile.byteOffset() == first.byteOffset() + i * tileByteSize();
            if (tile.buffer() != first.buffer() || !follows) {
                return false;
            }
        }
        return true;
    }

    private void copyRows(MemorySegment domain, int field, List<MetalBufferSlice> tiles, boolean intoTiles) {
        Objects.checkIndex(field, config.fieldCount());
        requireSizes(tiles);
        int cellSize = config.cellType().byteSize();
        long cells = (long) config.domainExtent(0) * config.domainExtent(1) * config.domainExtent(2);
        if (domain.byteSize() != cells * cellSize) {
            throw new IllegalArgumentException(
                    "the domain's array is not " + cells * cellSize + " bytes: " + domain.byteSize());
        }
        for (int tile = 0; tile < tileCount(); tile++) {
            copyTile(domain, field, tile, tiles.get(tile).contents(), intoTiles);
        }
    }

    private void copyTile(MemorySegment domain, int field, int tile, MemorySegment memory, boolean intoTile) {
        int cellSize = config.cellType().byteSize();
        long rowBytes = (long) interior(tile, 0) * cellSize;
        for (int z = 0; z < interior(tile, 2); z++) {
            for (int y = 0; y < interior(tile, 1); y++) {
                long inTile = ((long) field * fieldCells() + cellIndex(0, y, z)) * cellSize;
                long inDomain = domainIndex(tile, y, z) * cellSize;
                if (intoTile) {
                    MemorySegment.copy(domain, inDomain, memory, inTile, rowBytes);
                } else {
                    MemorySegment.copy(memory, inTile, domain, inDomain, rowBytes);
                }
            }
        }
    }

    private long domainIndex(int tile, int y, int z) {
        long globalZ = (long) tilePosition(tile, 2) * config.tileExtent(2) + z;
        long globalY = (long) tilePosition(tile, 1) * config.tileExtent(1) + y;
        long globalX = (long) tilePosition(tile, 0) * config.tileExtent(0);
        return (globalZ * config.domainExtent(1) + globalY) * config.domainExtent(0) + globalX;
    }
}
