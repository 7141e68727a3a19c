package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.SamplerState.AddressMode;
import io.ringkernel.metal.msl.texture.SamplerState.Filter;
import io.ringkernel.metal.msl.texture.SamplerState.Filters;
import io.ringkernel.metal.msl.texture.SamplerState.MipFilter;
import io.ringkernel.metal.msl.texture.SamplerState.Reduction;
import io.ringkernel.metal.msl.texture.format.PixelFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

    /** Where a texture is looked up; the offset is zero where a type takes none. */
    record Place(double[] coordinate, int layer, int[] offset) {}

    /**
     * How the level of detail is found.
     *
     * @param base the level before the sampler's bias, unless there are gradients
     * @param least of {@code min_lod_clamp}
     * @param dx the move of the coordinate to the right, or null
     * @param dy the move downwards, or null
     */
    record Detail(double base, double least, double[] dx, double[] dy) {}

    private record Weighted(double weight, double[] color) {}

    /** The mean of the texels of a sample, or their least or greatest channels. */
    double[] sample(Place place, Detail detail) {
        var taken = taken(place, detail);
        boolean reduces = sampler.filters().equals(new Filters(Filter.LINEAR, Filter.LINEAR, MipFilter.LINEAR));
        return reduces ? combined(taken, sampler.reduction()) : combined(taken, Reduction.WEIGHTED_AVERAGE);
    }

    private static double[] combined(List<Weighted> taken, Reduction reduction) {
        var result = new double[4];
        for (int c = 0; c < 4; c++) {
            int channel = c;
            result[c] = switch (reduction) {
                case WEIGHTED_AVERAGE ->
                    taken.stream().mapToDouble(t -> t.weight * t.color[channel]).sum();
                case MINIMUM ->
                    taken.stream().mapToDouble(t -> t.color[channel]).min().orElseThrow();
                case MAXIMUM ->
                    taken.stream().mapToDouble(t -> t.color[channel]).max().orElseThrow();
            };
        }
        return result;
    }

    /** The weight of the texels that a reference compares with. */
    double compare(Place place, Detail detail, double reference) {
        return taken(place, detail).stream()
                .filter(t -> passes(reference, t.color[0]))
                .mapToDouble(Weighted::weight)
                .sum();
    }

    /** Whether each of the texels of a gather passes the comparison; empty where a cube lacks one. */
    Optional<double[]> gatherCompare(Place place, double reference) {
        return gather(place, 0)
                .map(texels -> Arrays.stream(texels)
                        .map(texel -> passes(reference, texel) ? 1 : 0)
                        .toArray());
    }

    private boolean passes(double reference, double texel) {
        double compared = shape.format().name().endsWith("Unorm") ? Math.clamp(reference, 0, 1) : reference;
        return switch (sampler.compareFunction()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case LESS -> compared < texel;
            case LESS_EQUAL -> compared <= texel;
            case GREATER -> compared > texel;
            case GREATER_EQUAL -> compared >= texel;
            case EQUAL -> compared == texel;
            case NOT_EQUAL -> compared != texel;
        };
    }

    private List<Weighted> taken(Place place, Detail detail) {
        double base = detail.dx == null ? detail.base : ofGradients(place.coordinate, detail);
        double least = Math.max(Math.max(base + sampler.lodBias(), detail.least), sampler.lodMinClamp());
        double lambda = Math.min(least, sampler.lodMaxClamp());
        var filters = sampler.filters();
        var filter = lambda > 0 ? filters.minification() : filters.magnification();
        int last = shape.levels() - 1;
        var result = new ArrayList<Weighted>();
        if (filters.mip() != MipFilter.LINEAR) {
            // To nearest, and at a tie to the larger level.
            int nearest = filters.mip() == MipFilter.NONE ? 0 : (int) Math.ceil(lambda + 0.5) - 1;
            level(place, Math.clamp(nearest, 0, last), filter, 1, result);
            return result;
        }
        double exact = Math.clamp(lambda, 0, last);
        int lower = (int) Math.floor(exact);
        level(place, lower, filter, 1 - (exact - lower), result);
        level(place, Math.min(lower + 1, last), filter, exact - lower, result);
        return result;
    }

    private double ofGradients(double[] at, Detail detail) {
        return Math.log(Math.max(move(at, detail.dx), move(at, detail.dy))) / Math.log(2);
    }

    /** How many texels of the first level the coordinate moves; on a cube found by a small difference. */
    private double move(double[] at, double[] by) {
        int[] size = {shape.width(), shape.height(), shape.depth()};
        var moved = new double[3];
        for (int axis = 0; axis < shape.type().dimensions(); axis++) {
            moved[axis] = by[axis] * size[axis];
        }
        if (shape.type().isCube()) {
            double small = 1e-6;
            int face = face(at);
            var before =
                    onFace(face, new double[] {at[0] - small * by[0], at[1] - small * by[1], at[2] - small * by[2]});
            var after =
                    onFace(face, new double[] {at[0] + small * by[0], at[1] + small * by[1], at[2] + small * by[2]});
            for (int axis = 0; axis < 2; axis++) {
                moved[axis] = (after[axis] - before[axis]) / (2 * small) * size[axis];
            }
        }
        return Math.sqrt(moved[0] * moved[0] + moved[1] * moved[1] + moved[2] * moved[2]);
    }

    /** One channel of the four texels around a position, from below left on, against the clock. */
    Optional<double[]> gather(Place place, int channel) {
        int element = element(place.layer);
        int n = shape.width();
        if (shape.type().isCube()) {
            int face = face(place.coordinate);
            var at = onFace(face, place.coordinate);
            int x = (int) Math.floor(at[0] * n - 0.5);
            int y = (int) Math.floor(at[1] * n - 0.5);
            double[][] around = {
                onCube(face, x, y + 1, n, element, 0),
                onCube(face, x + 1, y + 1, n, element, 0),
                onCube(face, x + 1, y, n, element, 0),
                onCube(face, x, y, n, element, 0)
            };
            return Arrays.asList(around).contains(null)
                    ? Optional.empty()
                    : Optional.of(Arrays.stream(around)
                            .mapToDouble(texel -> texel[channel])
                            .toArray());
        }
        int[] size = {shape.width(), shape.height(), 1};
        var at = place.coordinate;
        int x = (int) Math.floor(at[0] * (sampler.normalized() ? size[0] : 1) - 0.5) + place.offset[0];
        int y = (int) Math.floor(at[1] * (sampler.normalized() ? size[1] : 1) - 0.5) + place.offset[1];
        int[][] around = {{x, y + 1, 0}, {x + 1, y + 1, 0}, {x + 1, y, 0}, {x, y, 0}};
        return Optional.of(Arrays.stream(around)
                .mapToDouble(index -> texel(index, size, element, 0)[channel])
                .toArray());
    }

    /** The texel at a position, or what is read outside. */
    double[] read(int[] texel, int face, int layer, int level) {
        int[] size = {shape.width(level), shape.height(level), shape.depth(level)};
        boolean exists = level < shape.levels();
        for (int axis = 0; axis < shape.type().dimensions(); axis++) {
            exists &= texel[axis] < size[axis];
        }
        exists &= !shape.type().isArray() || layer < shape.arrayLength();
        exists &= !shape.type().isCube() || face < 6;
        if (!exists) {
            return present(0, 0);
        }
        int element = shape.type().isArray() ? layer : 0;
        int dimensions = shape.type().dimensions();
        int slice = shape.type().isCube() ? face + 6 * element : element;
        return texels.at(level, slice, texel[0], dimensions > 1 ? texel[1] : 0, dimensions > 2 ? texel[2] : 0);
    }

    private int element(int layer) {
        return Math.clamp(layer, 0, shape.arrayLength() - 1);
    }

    private void level(Place place, int level, Filter filter, double weight, List<Weighted> into) {
        if (shape.type().isCube()) {
            cube(place, level, filter, weight, into);
            return;
        }
        int[] size = {shape.width(level), shape.height(level), shape.depth(level)};
        var position = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double scale = sampler.normalized() ? size[axis] : 1;
            position[axis] = axis < shape.type().dimensions() ? place.coordinate[axis] * scale : 0;
        }
        new Walk(position, filter, place.offset, size, element(place.layer), level).axis(0, new int[3], weight, into);
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

        /** Takes the texels of one axis after the other. */
        private void axis(int axis, int[] fixed, double weight, List<Weighted> into) {
            if (axis == 3) {
                add(weight, texel(fixed, size, slice, level), into);
                return;
            }
            boolean exists = axis < shape.type().dimensions();
            int moved = exists ? offset[axis] : 0;
            if (filter == Filter.NEAREST || !exists) {
                fixed[axis] = (int) Math.floor(position[axis]) + moved;
                axis(axis + 1, fixed, weight, into);
                return;
            }
            double left = Math.floor(position[axis] - 0.5);
            double second = position[axis] - 0.5 - left;
            fixed[axis] = (int) left + moved;
            axis(axis + 1, fixed, weight * (1 - second), into);
            fixed[axis] = (int) left + 1 + moved;
            axis(axis + 1, fixed, weight * second, into);
        }
    }

    private static void add(double weight, double[] color, List<Weighted> into) {
        if (weight != 0) {
            into.add(new Weighted(weight, color));
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
                return present(0, 0);
            }
            if (mode == AddressMode.CLAMP_TO_BORDER) {
                return switch (sampler.borderColor()) {
                    case TRANSPARENT_BLACK -> present(0, 0);
                    case OPAQUE_BLACK -> present(0, 1);
                    case OPAQUE_WHITE -> present(1, 1);
                };
            }
            inside[axis] = wrapped(i, n, mode);
        }
        return texels.at(level, slice, inside[0], inside[1], inside[2]);
    }

    /** A colour outside; what the format lacks is 0, and alpha 1. */
    private double[] present(double color, double alpha) {
        var channels = channels(shape.format());
        return new double[] {
            channels.contains("R") ? color : 0,
            channels.contains("G") ? color : 0,
            channels.contains("B") ? color : 0,
            channels.contains("A") ? alpha : 1
        };
    }

    /** The letters of the channels that a format's name tells. */
    static String channels(PixelFormat format) {
        var name = format.name().replace("_sRGB", "");
        return name.startsWith("Depth") ? "R" : name.replaceAll("[^RGBA]", "");
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

    private static double[] onFace(int face, double[] direction) {
        double major = direction[OUT[face][0]] * OUT[face][1];
        return new double[] {
            (direction[RIGHT[face][0]] * RIGHT[face][1] / major + 1) / 2,
            (direction[DOWN[face][0]] * DOWN[face][1] / major + 1) / 2
        };
    }

    private void cube(Place place, int level, Filter filter, double weight, List<Weighted> into) {
        int face = face(place.coordinate);
        int n = shape.width(level);
        int element = element(place.layer);
        var at = onFace(face, place.coordinate);
        double s = at[0] * n;
        double t = at[1] * n;
        if (filter == Filter.NEAREST) {
            int x = Math.min((int) Math.floor(s), n - 1);
            int y = Math.min((int) Math.floor(t), n - 1);
            add(weight, texels.at(level, face + 6 * element, x, y, 0), into);
            return;
        }
        int x = (int) Math.floor(s - 0.5);
        int y = (int) Math.floor(t - 0.5);
        double a = s - 0.5 - x;
        double b = t - 0.5 - y;
        double[] weights = {(1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b};
        var corners = new double[4][];
        double missing = 0;
        for (int i = 0; i < 4; i++) {
            corners[i] = onCube(face, x + i % 2, y + i / 2, n, element, level);
            missing = corners[i] == null ? weights[i] : missing;
        }
        for (int i = 0; i < 4; i++) {
            if (corners[i] != null) {
                add(weight * (weights[i] + missing / 3), corners[i], into);
            }
        }
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
