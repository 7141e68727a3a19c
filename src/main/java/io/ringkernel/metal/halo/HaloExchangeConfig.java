package io.ringkernel.metal.halo;

import io.ringkernel.metal.wire.Neighborhood;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is exchanged: the grid of tiles, their size, the halo's width and what lies at the domain's edges. Immutable:
 * each method gives a changed copy.
 *
 * <pre>{@code
 * var config = HaloExchangeConfig.grid2d(8, 8).tile(64, 64).halo(1).edges(HaloEdge.periodic());
 * }</pre>
 *
 * <p>The original's {@code new_2d(grid_x, grid_y, tile_w, tile_h, halo)} is {@link #new2d}, and its
 * {@code new_3d(grid_x, grid_y, grid_z, tile_w, tile_h, tile_d, halo)} is {@link #new3d}: grid first, then tile, then
 * halo.
 */
public final class HaloExchangeConfig {
    private static final int AXES = 3;
    private static final int DEFAULT_TILE = 64;

    private final int dimensions;
    private int[] grid;
    private int[] tile;
    private int[] domain;
    private int halo = 1;
    private HaloEdge[] edges = {HaloEdge.open(), HaloEdge.open(), HaloEdge.open()};
    private boolean corners;
    private HaloCell cell = HaloCell.FLOAT;
    private int fields = 1;
    private HaloStrategy strategy = HaloStrategy.DIRECT;

    private HaloExchangeConfig(int dimensions, int[] grid, int[] tile) {
        this.dimensions = dimensions;
        this.grid = checked("grid", grid);
        this.tile = checked("tile", tile);
    }

    private HaloExchangeConfig copy() {
        var copy = new HaloExchangeConfig(dimensions, grid, tile);
        copy.domain = domain;
        copy.halo = halo;
        copy.edges = edges;
        copy.corners = corners;
        copy.cell = cell;
        copy.fields = fields;
        copy.strategy = strategy;
        return copy;
    }

    /**
     * A grid of tiles in two dimensions; tiles of 64 x 64 floats, a halo of 1 on the faces, open edges.
     *
     * @throws IllegalArgumentException if an extent is below 1
     */
    public static HaloExchangeConfig grid2d(int tilesX, int tilesY) {
        return new HaloExchangeConfig(2, new int[] {tilesX, tilesY, 1}, new int[] {DEFAULT_TILE, DEFAULT_TILE, 1});
    }

    /**
     * A grid of tiles in three dimensions; tiles of 64 x 64 x 64 floats, a halo of 1 on the faces, open edges.
     *
     * @throws IllegalArgumentException if an extent is below 1
     */
    public static HaloExchangeConfig grid3d(int tilesX, int tilesY, int tilesZ) {
        var tile = new int[] {DEFAULT_TILE, DEFAULT_TILE, DEFAULT_TILE};
        return new HaloExchangeConfig(3, new int[] {tilesX, tilesY, tilesZ}, tile);
    }

    /**
     * The original's {@code new_2d}, in its order: grid, tile, halo.
     *
     * @throws IllegalArgumentException if an extent is below 1 or the halo exceeds the tile
     */
    public static HaloExchangeConfig new2d(int gridX, int gridY, int tileWidth, int tileHeight, int halo) {
        return grid2d(gridX, gridY).tile(tileWidth, tileHeight).halo(halo);
    }

    /**
     * The original's {@code new_3d}, in its order: grid, tile, halo.
     *
     * @throws IllegalArgumentException if an extent is below 1 or the halo exceeds the tile
     */
    public static HaloExchangeConfig new3d(
            int gridX, int gridY, int gridZ, int tileWidth, int tileHeight, int tileDepth, int halo) {
        return grid3d(gridX, gridY, gridZ)
                .tile(tileWidth, tileHeight, tileDepth)
                .halo(halo);
    }

    /**
     * Tiles of this size, without their halo.
     *
     * @throws IllegalArgumentException if an extent is below 1
     * @throws IllegalStateException if the grid has three dimensions
     */
    public HaloExchangeConfig tile(int width, int height) {
        requireDimensions(2);
        var copy = copy();
        copy.tile = checked("tile", new int[] {width, height, 1});
        return copy;
    }

    /**
     * Tiles of this size, without their halo.
     *
     * @throws IllegalArgumentException if an extent is below 1
     * @throws IllegalStateException if the grid has two dimensions
     */
    public HaloExchangeConfig tile(int width, int height, int depth) {
        requireDimensions(3);
        var copy = copy();
        copy.tile = checked("tile", new int[] {width, height, depth});
        return copy;
    }

    /**
     * A domain that the tiles do not fill: the last tile along each axis is smaller. Without this the domain is grid
     * times tile.
     *
     * @throws IllegalArgumentException if an extent is below 1
     * @throws IllegalStateException if the grid has three dimensions
     */
    public HaloExchangeConfig domain(int width, int height) {
        requireDimensions(2);
        var copy = copy();
        copy.domain = checked("domain", new int[] {width, height, 1});
        return copy;
    }

    /**
     * A domain that the tiles do not fill: the last tile along each axis is smaller. Without this the domain is grid
     * times tile.
     *
     * @throws IllegalArgumentException if an extent is below 1
     * @throws IllegalStateException if the grid has two dimensions
     */
    public HaloExchangeConfig domain(int width, int height, int depth) {
        requireDimensions(3);
        var copy = copy();
        copy.domain = checked("domain", new int[] {width, height, depth});
        return copy;
    }

    /**
     * A halo of this width on every side.
     *
     * @throws IllegalArgumentException if the width is below 1
     */
    public HaloExchangeConfig halo(int width) {
        if (width < 1) {
            throw new IllegalArgumentException("halo is below 1: " + width);
        }
        var copy = copy();
        copy.halo = width;
        return copy;
    }

    /** The same edge along every axis. */
    public HaloExchangeConfig edges(HaloEdge edge) {
        return edgesX(edge).edgesY(edge).edgesZ(edge);
    }

    /** What lies beyond the domain along x. */
    public HaloExchangeConfig edgesX(HaloEdge edge) {
        return edge(0, edge);
    }

    /** What lies beyond the domain along y. */
    public HaloExchangeConfig edgesY(HaloEdge edge) {
        return edge(1, edge);
    }

    /** What lies beyond the domain along z; means nothing in two dimensions. */
    public HaloExchangeConfig edgesZ(HaloEdge edge) {
        return edge(2, edge);
    }

    private HaloExchangeConfig edge(int axis, HaloEdge edge) {
        var copy = copy();
        copy.edges = edges.clone();
        copy.edges[axis] = Objects.requireNonNull(edge, "edge");
        return copy;
    }

    /** Ghost cells beyond edges and corners of the tile are filled too, for stencils that read diagonally. */
    public HaloExchangeConfig corners() {
        var copy = copy();
        copy.corners = true;
        return copy;
    }

    /** Cells of this type. */
    public HaloExchangeConfig cell(HaloCell type) {
        var copy = copy();
        copy.cell = Objects.requireNonNull(type, "type");
        return copy;
    }

    /**
     * Several arrays of cells in each tile, exchanged together.
     *
     * @throws IllegalArgumentException if the number is below 1
     */
    public HaloExchangeConfig fields(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("fields is below 1: " + count);
        }
        var copy = copy();
        copy.fields = count;
        return copy;
    }

    /** How ghost cells get their values. */
    public HaloExchangeConfig strategy(HaloStrategy how) {
        var copy = copy();
        copy.strategy = Objects.requireNonNull(how, "how");
        return copy;
    }

    private static int[] checked(String what, int[] extents) {
        if (Arrays.stream(extents).anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException(what + " has an extent below 1: " + Arrays.toString(extents));
        }
        return extents;
    }

    private void requireDimensions(int given) {
        if (given != dimensions) {
            throw new IllegalStateException("the grid has " + dimensions + " dimensions, not " + given);
        }
    }

    /**
     * Checks what no single setting shows.
     *
     * @throws IllegalArgumentException if there are too many cells, the domain does not reach into the last tile or
     *     goes beyond it, the halo exceeds a tile's extent, or a constant edge is no value of the cell's type
     */
    void validate() {
        requireCountableCells();
        for (int axis = 0; axis < dimensions; axis++) {
            int most = grid[axis] * tile[axis];
            int least = most - tile[axis] + 1;
            if (domainExtent(axis) < least || domainExtent(axis) > most) {
                throw new IllegalArgumentException("domain along axis " + axis + " not in " + least + ".." + most
                        + " for " + grid[axis] + " tiles of " + tile[axis] + ": " + domainExtent(axis));
            }
            if (halo > tile[axis]) {
                throw new IllegalArgumentException(
                        "halo exceeds the tile's extent of " + tile[axis] + " along axis " + axis + ": " + halo);
            }
            if (edges[axis] instanceof HaloEdge.Constant(double value) && !cell.holds(value)) {
                throw new IllegalArgumentException("constant edge is not a value of type " + cell + ": " + value);
            }
        }
    }

    /** Kernels count cells in 32 bits, the host with a sign. */
    private void requireCountableCells() {
        double cells = (double) fields * grid[0] * grid[1] * grid[2];
        for (int axis = 0; axis < dimensions; axis++) {
            cells *= tile[axis] + 2.0 * halo;
        }
        if (cells > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("cells with halos exceed %d: %.0f".formatted(Integer.MAX_VALUE, cells));
        }
    }

    /** 2 or 3. */
    public int dimensions() {
        return dimensions;
    }

    /** The number of tiles along an axis: 0 is x, 1 is y, 2 is z. */
    public int gridExtent(int axis) {
        return grid[Objects.checkIndex(axis, AXES)];
    }

    /** Cells of a full tile along an axis, without the halo. */
    public int tileExtent(int axis) {
        return tile[Objects.checkIndex(axis, AXES)];
    }

    /**
     * Cells of the domain along an axis.
     *
     * @throws ArithmeticException if they do not fit an int
     */
    public int domainExtent(int axis) {
        Objects.checkIndex(axis, AXES);
        return domain == null ? Math.multiplyExact(grid[axis], tile[axis]) : domain[axis];
    }

    /** The width of the halo along an axis: 0 along z in two dimensions. */
    int haloAlong(int axis) {
        return axis < dimensions ? halo : 0;
    }

    /** What lies beyond the domain along an axis. */
    public HaloEdge edge(int axis) {
        return edges[Objects.checkIndex(axis, AXES)];
    }

    /** The width of the halo. */
    public int haloWidth() {
        return halo;
    }

    /** Which tiles a tile receives from: faces alone, or edges and corners too. */
    public Neighborhood neighborhood() {
        if (dimensions == 2) {
            return corners ? Neighborhood.MOORE_2D : Neighborhood.VON_NEUMANN_2D;
        }
        return corners ? Neighborhood.MOORE_3D : Neighborhood.VON_NEUMANN_3D;
    }

    /** What a cell holds. */
    public HaloCell cellType() {
        return cell;
    }

    /** Arrays of cells in each tile. */
    public int fieldCount() {
        return fields;
    }

    /** How ghost cells get their values. */
    public HaloStrategy exchangeStrategy() {
        return strategy;
    }
}
