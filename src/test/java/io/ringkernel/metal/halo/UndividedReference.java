package io.ringkernel.metal.halo;

import io.ringkernel.metal.wire.Neighborhood;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What an exchange has to do, from the view of one undivided array of the domain: it knows a tile's place in the domain
 * and nothing of neighbours.
 */
final class UndividedReference {
    /** The origin of a stored cell that an exchange leaves alone. */
    static final int UNTOUCHED = -1;

    /** {@code CONSTANT - axis} is the origin of a ghost cell that gets the constant of an axis' edge. */
    static final int CONSTANT = -2;

    private final HaloExchangeConfig config;
    private final boolean corners;
    private final int[] grid = new int[3];
    private final int[] tile = new int[3];
    private final int[] domain = new int[3];
    private final int[] halo = new int[3];

    UndividedReference(HaloExchangeConfig config) {
        this.config = config;
        corners = config.neighborhood() == Neighborhood.MOORE_2D || config.neighborhood() == Neighborhood.MOORE_3D;
        for (int axis = 0; axis < 3; axis++) {
            grid[axis] = config.gridExtent(axis);
            tile[axis] = config.tileExtent(axis);
            domain[axis] = config.domainExtent(axis);
            halo[axis] = axis < config.dimensions() ? config.haloWidth() : 0;
        }
    }

    int tileCount() {
        return grid[0] * grid[1] * grid[2];
    }

    private int pitch(int axis) {
        return tile[axis] + 2 * halo[axis];
    }

    /** Stored cells of one field of one tile. */
    int storedCells() {
        return pitch(0) * pitch(1) * pitch(2);
    }

    int tileBytes() {
        return storedCells() * config.fieldCount() * config.cellType().byteSize();
    }

    /** Cells of the domain. */
    int domainCells() {
        return domain[0] * domain[1] * domain[2];
    }

    /** The index in the domain of the value that a stored cell has after an exchange, or one of the constants. */
    int origin(int tileIndex, int stored) {
        int[] position = split(tileIndex, grid);
        int[] inTile = split(stored, new int[] {pitch(0), pitch(1), pitch(2)});
        int[] at = new int[3];
        int outsideTile = 0;
        for (int axis = 0; axis < 3; axis++) {
            int interior = Math.min(tile[axis], domain[axis] - position[axis] * tile[axis]);
            int local = inTile[axis] - halo[axis];
            if (local >= interior + halo[axis]) {
                return UNTOUCHED;
            }
            outsideTile += local < 0 || local >= interior ? 1 : 0;
            at[axis] = position[axis] * tile[axis] + local;
        }
        return outsideTile > 1 && !corners ? UNTOUCHED : beyondEdges(at);
    }

    private int beyondEdges(int[] at) {
        int constant = UNTOUCHED;
        for (int axis = 2; axis >= 0; axis--) {
            if (at[axis] >= 0 && at[axis] < domain[axis]) {
                continue;
            }
            var edge = config.edge(axis);
            if (edge.equals(HaloEdge.open())) {
                return UNTOUCHED;
            } else if (edge.equals(HaloEdge.periodic())) {
                at[axis] = (at[axis] % domain[axis] + domain[axis]) % domain[axis];
            } else if (edge.equals(HaloEdge.clamped())) {
                at[axis] = at[axis] < 0 ? 0 : domain[axis] - 1;
            } else {
                constant = CONSTANT - axis;
            }
        }
        return constant == UNTOUCHED ? (at[2] * domain[1] + at[1]) * domain[0] + at[0] : constant;
    }

    /** The index in the domain of a stored cell of a tile's interior, or {@link #UNTOUCHED} for any other. */
    int interior(int tileIndex, int stored) {
        int[] position = split(tileIndex, grid);
        int[] inTile = split(stored, new int[] {pitch(0), pitch(1), pitch(2)});
        int index = 0;
        for (int axis = 2; axis >= 0; axis--) {
            int local = inTile[axis] - halo[axis];
            int at = position[axis] * tile[axis] + local;
            if (local < 0 || local >= tile[axis] || at >= domain[axis]) {
                return UNTOUCHED;
            }
            index = index * domain[axis] + at;
        }
        return index;
    }

    private static int[] split(int index, int[] extents) {
        return new int[] {
            index % extents[0], index / extents[0] % extents[1], index / (extents[0] * extents[1]) % extents[2]
        };
    }

    /** One array of the domain, gathered from the interiors of the tiles. */
    byte[] gathered(byte[][] tiles, int field) {
        int size = config.cellType().byteSize();
        var whole = new byte[domainCells() * size];
        for (int t = 0; t < tiles.length; t++) {
            for (int cell = 0; cell < storedCells(); cell++) {
                int at = interior(t, cell);
                if (at >= 0) {
                    System.arraycopy(tiles[t], (field * storedCells() + cell) * size, whole, at * size, size);
                }
            }
        }
        return whole;
    }

    /** The tiles' bytes after an exchange. */
    byte[][] exchanged(byte[][] tiles) {
        var result = new byte[tiles.length][];
        for (int t = 0; t < tiles.length; t++) {
            result[t] = tiles[t].clone();
        }
        for (int field = 0; field < config.fieldCount(); field++) {
            byte[] whole = gathered(tiles, field);
            for (int t = 0; t < tiles.length; t++) {
                fill(result[t], t, field, whole);
            }
        }
        return result;
    }

    private void fill(byte[] stored, int tileIndex, int field, byte[] whole) {
        int size = config.cellType().byteSize();
        for (int cell = 0; cell < storedCells(); cell++) {
            int origin = origin(tileIndex, cell);
            int to = (field * storedCells() + cell) * size;
            if (origin >= 0) {
                System.arraycopy(whole, origin * size, stored, to, size);
            } else if (origin != UNTOUCHED) {
                System.arraycopy(constant(CONSTANT - origin), 0, stored, to, size);
            }
        }
    }

    private byte[] constant(int axis) {
        double value = ((HaloEdge.Constant) config.edge(axis)).value();
        var cell = ByteBuffer.allocate(config.cellType().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        while (cell.hasRemaining()) {
            switch (config.cellType()) {
                case FLOAT, FLOAT2, FLOAT4 -> cell.putFloat((float) value);
                case HALF -> cell.putShort(Float.floatToFloat16((float) value));
                case INT, UINT -> cell.putInt((int) (long) value);
                case SHORT -> cell.putShort((short) value);
                case UCHAR -> cell.put((byte) (int) value);
            }
        }
        return cell.array();
    }
}
