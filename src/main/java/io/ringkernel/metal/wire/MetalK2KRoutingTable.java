package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * To whom one kernel (or one tile of a stencil) can write, and where.
 *
 * <p><b>Shape.</b> 864 bytes, little-endian; 26 routes are the neighbours of a cell in three dimensions:
 *
 * <pre>
 *     0  u32  self_id          8  u32  grid_dim_x      16  u32  grid_dim_z
 *     4  u32  route_count     12  u32  grid_dim_y      20  12 bytes reserved
 *    32  26 x 32 bytes, routes: see {@link MetalK2KRouteEntry}
 * </pre>
 *
 * <p>In the table of a grid, route <i>d</i> leads to the neighbour in direction <i>d</i> of the {@link Neighborhood},
 * and is inactive where an open edge leaves no neighbour. In the table of a graph, routes stand in the order given.
 *
 * @param selfId whose table this is, at least 0
 * @param gridDimX extent of the grid, 0 for a graph
 * @param gridDimY extent of the grid, 0 for a graph
 * @param gridDimZ extent of the grid, 1 in two dimensions, 0 for a graph
 * @param routes at most {@link #MAX_ROUTES}
 */
public record MetalK2KRoutingTable(
        int selfId, int gridDimX, int gridDimY, int gridDimZ, List<MetalK2KRouteEntry> routes) {
    /** The most routes that a table holds: the neighbours of a cell in 3D with edges and corners. */
    public static final int MAX_ROUTES = 26;

    /** Every member, with the names that {@code msl/wire.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u32("self_id"),
                    u32("route_count"),
                    u32("grid_dim_x"),
                    u32("grid_dim_y"),
                    u32("grid_dim_z"),
                    Wire.words("reserved", 3),
                    MemoryLayout.sequenceLayout(MAX_ROUTES, MetalK2KRouteEntry.LAYOUT)
                            .withName("routes"))
            .withName("K2KRoutingTable");

    /** Size of a routing table, in bytes. */
    public static final int BYTE_SIZE = 864;

    private static final long SELF_ID = Wire.offset(LAYOUT, "self_id");
    private static final long ROUTE_COUNT = Wire.offset(LAYOUT, "route_count");
    private static final long GRID_DIM_X = Wire.offset(LAYOUT, "grid_dim_x");
    private static final long GRID_DIM_Y = Wire.offset(LAYOUT, "grid_dim_y");
    private static final long GRID_DIM_Z = Wire.offset(LAYOUT, "grid_dim_z");
    private static final long ROUTES = Wire.offset(LAYOUT, "routes");

    /**
     * Checks the components and copies the routes.
     *
     * @throws IllegalArgumentException if a number is negative, or there are more than {@link #MAX_ROUTES} routes
     */
    public MetalK2KRoutingTable {
        routes = List.copyOf(routes);
        if (selfId < 0) {
            throw new IllegalArgumentException("selfId negative: " + selfId);
        }
        if ((gridDimX | gridDimY | gridDimZ) < 0) {
            throw new IllegalArgumentException("grid extent negative: " + gridDimX + "x" + gridDimY + "x" + gridDimZ);
        }
        if (routes.size() > MAX_ROUTES) {
            throw new IllegalArgumentException("routes not in 0.." + MAX_ROUTES + ": " + routes.size());
        }
    }

    /**
     * Starts the tables of a grid, with open edges; cell (x, y, z) has the id {@code (z * dimY + y) * dimX + x}.
     *
     * @param inboxByteSize distance between the inboxes of consecutive ids
     * @throws IllegalArgumentException if an extent or {@code inboxByteSize} is less than 1, {@code dimZ} is not 1 in a
     *     neighbourhood of two dimensions, or the inboxes need 2<sup>32</sup> bytes or more
     */
    public static Grid grid(Neighborhood neighborhood, int dimX, int dimY, int dimZ, int inboxByteSize) {
        return new Grid(neighborhood, new int[] {dimX, dimY, dimZ}, inboxByteSize, new boolean[3]);
    }

    /**
     * The table of a kernel in an arbitrary graph: one active route to each destination, in this order.
     *
     * @param inboxByteSize distance between the inboxes of consecutive ids
     * @throws IllegalArgumentException if an id is negative, {@code inboxByteSize} is less than 1, there are more than
     *     {@link #MAX_ROUTES} destinations, or an inbox starts at 2<sup>32</sup> bytes or later
     */
    public static MetalK2KRoutingTable graph(int selfId, int inboxByteSize, List<Integer> destinations) {
        checkPositive("inboxByteSize", inboxByteSize);
        var routes = new ArrayList<MetalK2KRouteEntry>();
        for (int destination : destinations) {
            routes.add(MetalK2KRouteEntry.to(destination, (long) destination * inboxByteSize));
        }
        return new MetalK2KRoutingTable(selfId, 0, 0, 0, routes);
    }

    private static void checkPositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " not positive: " + value);
        }
    }

    /**
     * Writes all 864 bytes.
     *
     * @throws IllegalArgumentException if {@code target} is smaller
     */
    public void writeTo(MemorySegment target) {
        var to = Wire.first(target, BYTE_SIZE);
        to.fill((byte) 0);
        u32(to, SELF_ID, selfId);
        u32(to, ROUTE_COUNT, routes.size());
        u32(to, GRID_DIM_X, gridDimX);
        u32(to, GRID_DIM_Y, gridDimY);
        u32(to, GRID_DIM_Z, gridDimZ);
        for (int i = 0; i < routes.size(); i++) {
            routes.get(i).writeTo(routeAt(to, i));
        }
    }

    /**
     * Reads a table from the start of {@code source}.
     *
     * @throws IllegalArgumentException if {@code source} is smaller than 864 bytes, or a member is out of range
     */
    public static MetalK2KRoutingTable readFrom(MemorySegment source) {
        var from = Wire.first(source, BYTE_SIZE);
        int count = u32(from, ROUTE_COUNT);
        if (count < 0 || count > MAX_ROUTES) {
            throw new IllegalArgumentException(
                    "route_count not in 0.." + MAX_ROUTES + ": " + Integer.toUnsignedString(count));
        }
        var routes = new ArrayList<MetalK2KRouteEntry>();
        for (int i = 0; i < count; i++) {
            routes.add(MetalK2KRouteEntry.readFrom(routeAt(from, i)));
        }
        return new MetalK2KRoutingTable(
                u32(from, SELF_ID), u32(from, GRID_DIM_X), u32(from, GRID_DIM_Y), u32(from, GRID_DIM_Z), routes);
    }

    private static MemorySegment routeAt(MemorySegment table, int index) {
        return table.asSlice(ROUTES + (long) index * MetalK2KRouteEntry.BYTE_SIZE, MetalK2KRouteEntry.BYTE_SIZE);
    }

    /** Makes the tables of a grid; immutable, each method gives a changed copy. */
    public static final class Grid {
        private final Neighborhood neighborhood;
        private final int[] extents;
        private final int inboxByteSize;
        private final boolean[] isPeriodic;

        private Grid(Neighborhood neighborhood, int[] extents, int inboxByteSize, boolean[] isPeriodic) {
            this.neighborhood = Objects.requireNonNull(neighborhood, "neighborhood");
            this.extents = extents;
            this.inboxByteSize = inboxByteSize;
            this.isPeriodic = isPeriodic;
            checkPositive("dimX", extents[0]);
            checkPositive("dimY", extents[1]);
            checkPositive("dimZ", extents[2]);
            checkPositive("inboxByteSize", inboxByteSize);
            if (neighborhood.dimensions() == 2 && extents[2] != 1) {
                throw new IllegalArgumentException("dimZ not 1 in two dimensions: " + extents[2]);
            }
            long cells = Math.multiplyExact((long) extents[0], extents[1]);
            if (cells > Integer.MAX_VALUE / extents[2] || cells * extents[2] > 0xffff_ffffL / inboxByteSize) {
                throw new IllegalArgumentException("inboxes of " + extents[0] + "x" + extents[1] + "x" + extents[2]
                        + " cells exceed 4294967295 bytes: " + inboxByteSize + " each");
            }
        }

        /** The same grid, closed in itself along every axis that it has. */
        public Grid periodic() {
            return new Grid(neighborhood, extents, inboxByteSize, new boolean[] {true, true, true});
        }

        /** The same grid, closed in itself along x as well. */
        public Grid periodicX() {
            return new Grid(neighborhood, extents, inboxByteSize, new boolean[] {true, isPeriodic[1], isPeriodic[2]});
        }

        /** The same grid, closed in itself along y as well. */
        public Grid periodicY() {
            return new Grid(neighborhood, extents, inboxByteSize, new boolean[] {isPeriodic[0], true, isPeriodic[2]});
        }

        /** The same grid, closed in itself along z as well. */
        public Grid periodicZ() {
            return new Grid(neighborhood, extents, inboxByteSize, new boolean[] {isPeriodic[0], isPeriodic[1], true});
        }

        /** Number of cells, hence of tables. */
        public int cellCount() {
            return extents[0] * extents[1] * extents[2];
        }

        /**
         * The table of the cell {@code selfId}.
         *
         * @throws IndexOutOfBoundsException if {@code selfId} is not in 0..{@link #cellCount()} - 1
         */
        public MetalK2KRoutingTable table(int selfId) {
            Objects.checkIndex(selfId, cellCount());
            int x = selfId % extents[0];
            int y = selfId / extents[0] % extents[1];
            int z = selfId / extents[0] / extents[1];
            var routes = new ArrayList<MetalK2KRouteEntry>();
            for (int d = 0; d < neighborhood.count(); d++) {
                int nx = along(0, x + neighborhood.dx(d));
                int ny = along(1, y + neighborhood.dy(d));
                int nz = along(2, z + neighborhood.dz(d));
                routes.add(
                        (nx | ny | nz) < 0
                                ? MetalK2KRouteEntry.NONE
                                : routeTo((nz * extents[1] + ny) * extents[0] + nx));
            }
            return new MetalK2KRoutingTable(selfId, extents[0], extents[1], extents[2], routes);
        }

        /** The tables of all cells, in the order of their ids. */
        public List<MetalK2KRoutingTable> tables() {
            var tables = new ArrayList<MetalK2KRoutingTable>();
            for (int id = 0; id < cellCount(); id++) {
                tables.add(table(id));
            }
            return tables;
        }

        /** The coordinate, wrapped around on a periodic axis; -1 beyond an open edge. */
        private int along(int axis, int coordinate) {
            boolean isInside = coordinate >= 0 && coordinate < extents[axis];
            if (isInside) {
                return coordinate;
            }
            return isPeriodic[axis] ? Math.floorMod(coordinate, extents[axis]) : -1;
        }

        private MetalK2KRouteEntry routeTo(int id) {
            return MetalK2KRouteEntry.to(id, (long) id * inboxByteSize);
        }
    }
}
