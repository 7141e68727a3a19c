package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.SamplerState.AddressMode;
import io.ringkernel.metal.msl.texture.SamplerState.Filter;
import io.ringkernel.metal.msl.texture.SamplerState.MipFilter;

/**
 * Sampling written apart from the texture unit, from the specification, in double arithmetic and without any thought of
 * speed: texels are numbers by level, slice and position.
 */
final class ReferenceSampler {
    /** Four channels of the texel at a position that exists. */
    interface Texels {
        double[] at(int level, int slice, int x, int y, int z);
    }

    private final TextureShape shape;
    private final Texels texels;
    private final SamplerState sampler;

    ReferenceSampler(TextureShape shape, Texels texels, SamplerState sampler) {
        this.shape = shape;
        this.texels = texels;
        this.sampler = sampler;
    }

    /** A sample at an explicit level of detail. */
    double[] sample(double[] coordinate, int layer, double lod, int[] offset) {
        double lambda = Math.min(Math.max(lod + sampler.lodBias(), sampler.lodMinClamp()), sampler.lodMaxClamp());
        var filters = sampler.filters();
        var filter = lambda > 0 ? filters.minification() : filters.magnification();
        int last = shape.levels() - 1;
        if (filters.mip() == MipFilter.NONE) {
            return level(coordinate, layer, 0, filter, offset);
        }
        if (filters.mip() == MipFilter.NEAREST) {
            // To nearest, and at a tie to the larger level.
            int level = (int) Math.ceil(lambda + 0.5) - 1;
            return level(coordinate, layer, Math.min(Math.max(level, 0), last), filter, offset);
        }
        double exact = Math.min(Math.max(lambda, 0), last);
        int lower = (int) Math.floor(exact);
        var fine = level(coordinate, layer, lower, filter, offset);
        var coarse = level(coordinate, layer, Math.min(lower + 1, last), filter, offset);
        return mix(fine, coarse, exact - lower);
    }

    /** One channel of the four texels around a position, from below left on, against the clock. */
    double[] gather(double[] coordinate, int layer, int channel, int[] offset) {
        int element = Math.min(Math.max(layer, 0), shape.arrayLength() - 1);
        int[] size = {shape.width(), shape.height(), 1};
        int x = (int) Math.floor(coordinate[0] * (sampler.normalized() ? size[0] : 1) - 0.5) + offset[0];
        int y = (int) Math.floor(coordinate[1] * (sampler.normalized() ? size[1] : 1) - 0.5) + offset[1];
        int[][] around = {{x, y + 1, 0}, {x + 1, y + 1, 0}, {x + 1, y, 0}, {x, y, 0}};
        var result = new double[4];
        for (int i = 0; i < 4; i++) {
            result[i] = texel(around[i], size, element, 0)[channel];
        }
        return result;
    }

    private static double[] mix(double[] a, double[] b, double t) {
        var result = new double[4];
        for (int c = 0; c < 4; c++) {
            result[c] = a[c] * (1 - t) + b[c] * t;
        }
        return result;
    }

    private double[] level(double[] coordinate, int layer, int level, Filter filter, int[] offset) {
        int element = Math.min(Math.max(layer, 0), shape.arrayLength() - 1);
        if (shape.type().isCube()) {
            return cube(coordinate, element, level, filter);
        }
        int[] size = {shape.width(level), shape.height(level), shape.depth(level)};
        var position = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            boolean exists = axis < shape.type().dimensions();
            double at = exists ? coordinate[axis] : 0.5;
            position[axis] = sampler.normalized() || !exists ? at * size[axis] : at;
        }
        return new Walk(position, filter, offset, size, element, level).axis(0, new int[3]);
    }

    /** One level around a position. */
    private final class Walk {
        private final double[] position;
        private final Filter filter;
        private final int[] offset;
        private final int[] size;
        private final int slice;
        private final int level;

        Walk(double[] position, Filter filter, int[] offset, int[] size, int slice, int level) {
            this.position = position;
            this.filter = filter;
            this.offset = offset;
            this.size = size;
            this.slice = slice;
            this.level = level;
        }

        /** Interpolates along one axis after the other. */
        private double[] axis(int axis, int[] fixed) {
            if (axis == 3) {
                return texel(fixed, size, slice, level);
            }
            boolean exists = axis < shape.type().dimensions();
            int moved = exists ? offset[axis] : 0;
            if (filter == Filter.NEAREST || !exists) {
                fixed[axis] = (int) Math.floor(position[axis]) + moved;
                return axis(axis + 1, fixed);
            }
            double left = Math.floor(position[axis] - 0.5);
            fixed[axis] = (int) left + moved;
            var first = axis(axis + 1, fixed);
            fixed[axis] = (int) left + 1 + moved;
            var second = axis(axis + 1, fixed);
            return mix(first, second, position[axis] - 0.5 - left);
        }
    }

    private double[] texel(int[] index, int[] size, int slice, int level) {
        var inside = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int n = size[axis];
            int i = index[axis];
            if (i >= 0 && i < n) {
                inside[axis] = i;
                continue;
            }
            var mode = sampler.addressModes().get(axis);
            if (mode == AddressMode.CLAMP_TO_ZERO) {
                return new double[4];
            }
            if (mode == AddressMode.CLAMP_TO_BORDER) {
                return switch (sampler.borderColor()) {
                    case TRANSPARENT_BLACK -> new double[4];
                    case OPAQUE_BLACK -> new double[] {0, 0, 0, 1};
                    case OPAQUE_WHITE -> new double[] {1, 1, 1, 1};
                };
            }
            inside[axis] = wrapped(i, n, mode);
        }
        return texels.at(level, slice, inside[0], inside[1], inside[2]);
    }

    private static int wrapped(int i, int n, AddressMode mode) {
        return switch (mode) {
            case CLAMP_TO_EDGE -> i < 0 ? 0 : n - 1;
            case MIRROR_CLAMP_TO_EDGE -> Math.min(i < 0 ? -i - 1 : i, n - 1);
            case REPEAT -> (i % n + n) % n;
            default -> {
                int period = (i % (2 * n) + 2 * n) % (2 * n);
                yield Math.min(period, 2 * n - 1 - period);
            }
        };
    }

    // The right and the downward direction of each face, and its outward direction, as axis and sign.
    private static final int[][] RIGHT = {{2, -1}, {2, 1}, {0, 1}, {0, 1}, {0, 1}, {0, -1}};
    private static final int[][] DOWN = {{1, -1}, {1, -1}, {2, 1}, {2, -1}, {1, -1}, {1, -1}};
    private static final int[][] OUT = {{0, 1}, {0, -1}, {1, 1}, {1, -1}, {2, 1}, {2, -1}};

    private double[] cube(double[] direction, int element, int level, Filter filter) {
        int face = face(direction);
        int n = shape.width(level);
        double major = Math.abs(direction[OUT[face][0]]);
        double s = (direction[RIGHT[face][0]] * RIGHT[face][1] / major + 1) / 2 * n;
        double t = (direction[DOWN[face][0]] * DOWN[face][1] / major + 1) / 2 * n;
        if (filter == Filter.NEAREST) {
            int x = Math.min((int) Math.floor(s), n - 1);
            int y = Math.min((int) Math.floor(t), n - 1);
            return texels.at(level, face + 6 * element, x, y, 0);
        }
        int x = (int) Math.floor(s - 0.5);
        int y = (int) Math.floor(t - 0.5);
        var corners = new double[4][];
        for (int i = 0; i < 4; i++) {
            corners[i] = onCube(face, x + i % 2, y + i / 2, n, element, level);
        }
        for (int i = 0; i < 4; i++) {
            if (corners[i] == null) {
                corners[i] = new double[4];
                for (int c = 0; c < 4; c++) {
                    corners[i][c] = (corners[i ^ 1][c] + corners[i ^ 2][c] + corners[i ^ 3][c]) / 3;
                }
                break;
            }
        }
        double a = s - 0.5 - x;
        return mix(mix(corners[0], corners[1], a), mix(corners[2], corners[3], a), t - 0.5 - y);
    }

    private static int face(double[] d) {
        double x = Math.abs(d[0]);
        double y = Math.abs(d[1]);
        double z = Math.abs(d[2]);
        if (x >= y && x >= z) {
            return d[0] < 0 ? 1 : 0;
        }
        if (y >= z) {
            return d[1] < 0 ? 3 : 2;
        }
        return d[2] < 0 ? 5 : 4;
    }

    /**
     * A texel of a face or, one beyond its edge, of the next: texels are cells on the surface of a cube of n cells a
     * side, whose centres are at odd distances from its middle. Null for the cell that a corner lacks.
     */
    private double[] onCube(int face, int x, int y, int n, int element, int level) {
        boolean beyondX = x < 0 || x >= n;
        boolean beyondY = y < 0 || y >= n;
        if (beyondX && beyondY) {
            return null;
        }
        var cell = new int[3];
        cell[OUT[face][0]] = OUT[face][1] * n;
        cell[RIGHT[face][0]] = RIGHT[face][1] * (2 * x + 1 - n);
        cell[DOWN[face][0]] = DOWN[face][1] * (2 * y + 1 - n);
        if (beyondX || beyondY) {
            int over = beyondX ? RIGHT[face][0] : DOWN[face][0];
            cell[over] = Integer.signum(cell[over]) * n;
            cell[OUT[face][0]] = OUT[face][1] * (n - 1);
            for (int next = 0; next < 6; next++) {
                if (OUT[next][0] == over && OUT[next][1] * n == cell[over]) {
                    int right = (RIGHT[next][1] * cell[RIGHT[next][0]] + n - 1) / 2;
                    int down = (DOWN[next][1] * cell[DOWN[next][0]] + n - 1) / 2;
                    return texels.at(level, next + 6 * element, right, down, 0);
                }
            }
        }
        return texels.at(level, face + 6 * element, x, y, 0);
    }
}
