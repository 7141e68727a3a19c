package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.SamplerState.AddressMode;
import io.ringkernel.metal.msl.texture.SamplerState.Filter;
import io.ringkernel.metal.msl.texture.SamplerState.MipFilter;

/**
 * Finds the texels of a sample (MSL specification, sections 2.10, 6.12 and 8.7; Vulkan specification, "Image
 * Operations", where Metal is silent): the level of detail, then for one or two levels the texels around the position.
 */
final class Sampling {
    private static final float LEAST_BIAS = -16;
    private static final float MOST_BIAS = 15.999f;

    private final TextureRegisters call;
    private final Footprint footprint;
    private final Axis horizontal = new Axis();
    private final Axis vertical = new Axis();
    private final Axis deep = new Axis();
    private final CubeFace cube = new CubeFace();
    private final CubeFace neighbour = new CubeFace();
    /** The texels of a position's square on a cube's face; -1 for the one that a corner lacks. */
    private final long[] square = new long[4];

    private double anisotropy = 1;
    private boolean alongX;

    Sampling(TextureRegisters call, Footprint footprint) {
        this.call = call;
        this.footprint = footprint;
    }

    /** Fills the footprint of a sample. */
    void sample() {
        footprint.begin(call.texture, call.sampler.borderColor());
        double lambda = lambda();
        var filters = call.sampler.filters();
        var filter = lambda <= 0 ? filters.magnification() : filters.minification();
        boolean blends = filters.mip() == MipFilter.LINEAR && call.texture.levelCount() > 1;
        requireFilterable(filter == Filter.LINEAR || blends);
        int taps = (int) Math.ceil(anisotropy);
        for (int tap = 0; tap < taps; tap++) {
            double along = taps == 1 ? 0 : (tap + 0.5) / taps - 0.5;
            levels(lambda, filter, along, 1.0 / taps);
        }
    }

    /** Fills the footprint with the four texels of a gather, in its order. */
    void gather() {
        footprint.begin(call.texture, call.sampler.borderColor());
        int level = nearestLevel(lambda());
        if (call.texture.shape().type().isCube()) {
            cube.point(call.x, call.y, call.z);
            squareOfCube(level, Filter.LINEAR);
            long corner = Math.max(square[1], square[2]);
            take(square[2] < 0 ? corner : square[2]);
            take(square[3] < 0 ? corner : square[3]);
            take(square[1] < 0 ? corner : square[1]);
            take(square[0] < 0 ? corner : square[0]);
            return;
        }
        axes(level, Filter.LINEAR, 0);
        int slice = slice(0);
        gatherTexel(horizontal.first, vertical.second, slice, level);
        gatherTexel(horizontal.second, vertical.second, slice, level);
        gatherTexel(horizontal.second, vertical.first, slice, level);
        gatherTexel(horizontal.first, vertical.first, slice, level);
    }

    private void take(long offset) {
        footprint.take(offset);
    }

    private void gatherTexel(int x, int y, int slice, int level) {
        if (x < 0 || y < 0) {
            footprint.takeOutside(x == Axis.BORDER || y == Axis.BORDER);
        } else {
            footprint.take(call.texture.offset(x, y, 0, slice, level));
        }
    }

    private void requireFilterable(boolean linear) {
        if (linear && !call.texture.permissions().filters()) {
            throw new TextureFault(
                    TextureFault.Kind.MISMATCH,
                    "a texture of the pixel format " + call.texture.shape().format() + " cannot be filtered");
        }
    }

    /** The level of detail; in a kernel that of a plain sample is 0, since there are no neighbouring fragments. */
    private double lambda() {
        anisotropy = 1;
        double base = switch (call.lod) {
            case BASE -> 0;
            case BIAS, LEVEL -> call.lodValue;
            case GRADIENT -> gradientLevel();
        };
        double biased = base + call.sampler.lodBias();
        if (call.lod == TextureRegisters.Lod.BIAS) {
            biased = Math.clamp(biased, LEAST_BIAS, MOST_BIAS);
        }
        double lambda = Math.max(biased, call.leastLod);
        if (Double.isNaN(lambda)) {
            return 0;
        }
        return Math.max(call.sampler.lodMinClamp(), Math.min(lambda, call.sampler.lodMaxClamp()));
    }

    private double gradientLevel() {
        double squaredX = squaredMove(0);
        double squaredY = squaredMove(3);
        double longest = Math.sqrt(Math.max(squaredX, squaredY));
        double shortest = Math.sqrt(Math.min(squaredX, squaredY));
        alongX = squaredX >= squaredY;
        int most = call.sampler.maxAnisotropy();
        if (most > 1 && longest > 0) {
            anisotropy = shortest == 0 ? most : Math.clamp(longest / shortest, 1, most);
        }
        return Math.log(longest / anisotropy) / Math.log(2);
    }

    private double squaredMove(int from) {
        var shape = call.texture.shape();
        var d = call.derivatives;
        if (shape.type().isCube()) {
            cube.point(call.x, call.y, call.z);
            return cube.squaredMove(d[from], d[from + 1], d[from + 2], shape.width());
        }
        double x = d[from] * shape.width();
        double y = d[from + 1] * shape.height();
        double z = d[from + 2] * shape.depth();
        return x * x + y * y + z * z;
    }

    private int nearestLevel(double lambda) {
        if (call.sampler.filters().mip() == MipFilter.NONE) {
            return 0;
        }
        double nearest = Math.ceil(lambda + 0.5) - 1;
        return (int) Math.clamp(nearest, 0, call.texture.levelCount() - 1);
    }

    private void levels(double lambda, Filter filter, double along, double share) {
        if (call.sampler.filters().mip() != MipFilter.LINEAR) {
            texels(nearestLevel(lambda), filter, along, share);
            return;
        }
        int last = call.texture.levelCount() - 1;
        double level = Math.clamp(lambda, 0, last);
        int first = (int) level;
        double fraction = level - first;
        texels(first, filter, along, share * (1 - fraction));
        if (fraction > 0) {
            texels(Math.min(first + 1, last), filter, along, share * fraction);
        }
    }

    private void texels(int level, Filter filter, double along, double share) {
        if (call.texture.shape().type().isCube()) {
            cubeTexels(level, filter, along, share);
            return;
        }
        axes(level, filter, along);
        int slice = slice(0);
        for (int corner = 0; corner < 8; corner++) {
            double weight = weight(horizontal, corner) * weight(vertical, corner >> 1) * weight(deep, corner >> 2);
            if (weight != 0) {
                int x = (corner & 1) == 0 ? horizontal.first : horizontal.second;
                int y = (corner & 2) == 0 ? vertical.first : vertical.second;
                int z = (corner & 4) == 0 ? deep.first : deep.second;
                add(x, y, z, slice, level, share * weight);
            }
        }
    }

    private static double weight(Axis axis, int side) {
        return (side & 1) == 0 ? 1 - axis.fraction : axis.fraction;
    }

    private void add(int x, int y, int z, int slice, int level, double weight) {
        if (x < 0 || y < 0 || z < 0) {
            footprint.addOutside(x == Axis.BORDER || y == Axis.BORDER || z == Axis.BORDER, weight);
        } else {
            footprint.add(call.texture.offset(x, y, z, slice, level), weight);
        }
    }

    private void axes(int level, Filter filter, double along) {
        var size = call.texture.level(level);
        int dimensions = call.texture.shape().type().dimensions();
        double horizontally = position(0, call.x, size.width(), along);
        select(horizontal, 0, horizontally, call.offsetX, size.width(), filter);
        if (dimensions > 1) {
            double vertically = position(1, call.y, size.height(), along);
            select(vertical, 1, vertically, call.offsetY, size.height(), filter);
        } else {
            vertical.none();
        }
        if (dimensions > 2) {
            double inDepth = position(2, call.z, size.depth(), along);
            select(deep, 2, inDepth, call.offsetZ, size.depth(), filter);
        } else {
            deep.none();
        }
    }

    /** A coordinate in texels, {@code along} the line of an anisotropic sample. */
    private double position(int index, float at, int size, double along) {
        double moved = along == 0 ? at : at + along * call.derivatives[alongX ? index : index + 3];
        return call.sampler.normalized() ? moved * size : moved;
    }

    private void select(Axis axis, int index, double position, int offset, int size, Filter filter) {
        AddressMode mode = call.sampler.addressModes().get(index);
        if (filter == Filter.LINEAR) {
            axis.linear(position, offset, size, mode);
        } else {
            axis.nearest(position, offset, size, mode);
        }
    }

    private int slice(int face) {
        var shape = call.texture.shape();
        int element = Math.max(0, Math.min(call.layer, shape.arrayLength() - 1));
        return face + element * shape.type().faces();
    }

    private void cubeTexels(int level, Filter filter, double along, double share) {
        int from = alongX ? 0 : 3;
        var d = call.derivatives;
        if (along == 0) {
            cube.point(call.x, call.y, call.z);
        } else {
            cube.point(call.x + along * d[from], call.y + along * d[from + 1], call.z + along * d[from + 2]);
        }
        squareOfCube(level, filter);
        double missing = 0;
        for (int corner = 0; corner < 4; corner++) {
            double weight = weight(horizontal, corner) * weight(vertical, corner >> 1);
            if (square[corner] < 0) {
                missing = weight / 3;
            }
        }
        for (int corner = 0; corner < 4; corner++) {
            if (square[corner] >= 0) {
                double weight = weight(horizontal, corner) * weight(vertical, corner >> 1);
                footprint.add(square[corner], share * (weight + missing));
            }
        }
    }

    /** The texels around a position of a face; what lies beyond an edge is on the next face. */
    private void squareOfCube(int level, Filter filter) {
        int size = call.texture.level(level).width();
        square(horizontal, cube.s * size, size, filter);
        square(vertical, cube.t * size, size, filter);
        for (int corner = 0; corner < 4; corner++) {
            int x = (corner & 1) == 0 ? horizontal.first : horizontal.second;
            int y = (corner & 2) == 0 ? vertical.first : vertical.second;
            square[corner] = texelOfCube(x, y, size, level);
        }
    }

    /** The nearest texel is always on the face, also at its very edge. */
    private static void square(Axis axis, double position, int size, Filter filter) {
        if (filter == Filter.NEAREST) {
            axis.nearest(position, 0, size, AddressMode.CLAMP_TO_EDGE);
            return;
        }
        double left = position - 0.5;
        axis.first = Axis.floor(left);
        axis.second = axis.first + 1;
        axis.fraction = left - axis.first;
    }

    private long texelOfCube(int x, int y, int size, int level) {
        boolean outsideX = x < 0 || x >= size;
        boolean outsideY = y < 0 || y >= size;
        if (!outsideX && !outsideY) {
            return call.texture.offset(x, y, 0, slice(cube.face), level);
        }
        if (outsideX && outsideY) {
            return -1;
        }
        neighbour.pointAt(cube.face, (x + 0.5) / size, (y + 0.5) / size);
        int nextX = Math.clamp(Axis.floor(neighbour.s * size), 0, size - 1);
        int nextY = Math.clamp(Axis.floor(neighbour.t * size), 0, size - 1);
        return call.texture.offset(nextX, nextY, 0, slice(neighbour.face), level);
    }
}
