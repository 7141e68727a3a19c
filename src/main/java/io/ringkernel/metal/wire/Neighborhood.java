package io.ringkernel.metal.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which cells of a grid are a cell's neighbours, and in which order: the faces alone (von Neumann) or faces, edges and
 * corners (Moore).
 *
 * <p>A neighbour's place in the order is its <i>direction</i>. The faces come first, in the order north, south, west,
 * east, below, above; then the others by z, y and x. So a von Neumann neighbourhood is a prefix of Moore's.
 *
 * <pre>
 *    x grows eastwards, y southwards, z upwards           2D:   4  0  5
 *    0 north (0,-1,0)   2 west (-1,0,0)  4 below (0,0,-1)        2  .  3
 *    1 south (0,+1,0)   3 east (+1,0,0)  5 above (0,0,+1)        6  1  7
 * </pre>
 *
 * <p>What a cell sends to its neighbour in direction {@code d} reaches that neighbour from direction {@link #opposite
 * opposite(d)}: a message is named by where its sender lies as the receiver sees it.
 */
public enum Neighborhood {
    /** 2D, 4 neighbours: north, south, west, east. */
    VON_NEUMANN_2D(2, 1),
    /** 2D, 8 neighbours. */
    MOORE_2D(2, 2),
    /** 3D, 6 neighbours: north, south, west, east, below, above. */
    VON_NEUMANN_3D(3, 1),
    /** 3D, 26 neighbours. */
    MOORE_3D(3, 3);

    private record Offset(int dx, int dy, int dz) {
        static final List<Offset> FACES = List.of(
                new Offset(0, -1, 0),
                new Offset(0, 1, 0),
                new Offset(-1, 0, 0),
                new Offset(1, 0, 0),
                new Offset(0, 0, -1),
                new Offset(0, 0, 1));

        int distance() {
            return Math.abs(dx) + Math.abs(dy) + Math.abs(dz);
        }

        Offset negated() {
            return new Offset(-dx, -dy, -dz);
        }

        int rank() {
            int face = FACES.indexOf(this);
            return face >= 0 ? face : FACES.size();
        }
    }

    private final int dimensions;
    private final List<Offset> offsets;

    Neighborhood(int dimensions, int maxDistance) {
        this.dimensions = dimensions;
        int depth = dimensions == 3 ? 1 : 0;
        var found = new ArrayList<Offset>();
        for (int dz = -depth; dz <= depth; dz++) {
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    found.add(new Offset(dx, dy, dz));
                }
            }
        }
        found.removeIf(offset -> offset.distance() == 0 || offset.distance() > maxDistance);
        found.sort(Comparator.comparingInt(Offset::rank));
        offsets = List.copyOf(found);
    }

    /** 2 or 3. */
    public int dimensions() {
        return dimensions;
    }

    /** Number of neighbours: 4, 8, 6 or 26. */
    public int count() {
        return offsets.size();
    }

    /**
     * How far the neighbour lies eastwards: -1, 0 or 1.
     *
     * @throws IndexOutOfBoundsException if {@code direction} is not in 0..{@link #count()} - 1
     */
    public int dx(int direction) {
        return offsets.get(direction).dx;
    }

    /**
     * How far the neighbour lies southwards: -1, 0 or 1.
     *
     * @throws IndexOutOfBoundsException if {@code direction} is not in 0..{@link #count()} - 1
     */
    public int dy(int direction) {
        return offsets.get(direction).dy;
    }

    /**
     * How far the neighbour lies upwards: -1, 0 or 1.
     *
     * @throws IndexOutOfBoundsException if {@code direction} is not in 0..{@link #count()} - 1
     */
    public int dz(int direction) {
        return offsets.get(direction).dz;
    }

    /**
     * The direction in which the neighbour sees this cell.
     *
     * @throws IndexOutOfBoundsException if {@code direction} is not in 0..{@link #count()} - 1
     */
    public int opposite(int direction) {
        return offsets.indexOf(offsets.get(direction).negated());
    }
}
