package io.ringkernel.metal.msl.run;

/**
 * Exchange of values between the lanes of each SIMD-group or quad; conventions are those of {@link Lanes}. The selector
 * is {@code selectors[lane]}, or {@code selector} for all when the array is null. A lane that reads from one that does
 * not run, or does not exist, keeps its own value; the specification leaves it undefined.
 */
public final class LaneShuffles {
    /** From the lane that the selector names. */
    public static final int INDEX = 0;
    /** From so many lanes below. */
    public static final int UP = 1;
    /** From so many lanes above. */
    public static final int DOWN = 2;
    /** From the lane whose number differs in these bits. */
    public static final int XOR = 3;

    public static final int ROTATE_UP = 4;
    public static final int ROTATE_DOWN = 5;
    /** From the lowest running lane. */
    public static final int FIRST = 6;

    private LaneShuffles() {}

    /** Moves ints. */
    public static void shuffle(
            int[] waiting, int count, int width, int mode, int[] selectors, int selector, int[] in, int[] out) {
        var moved = new int[count];
        for (int i = 0; i < count; i++) {
            moved[i] = in[source(waiting, count, width, mode, selectors == null ? selector : selectors[i], i)];
        }
        copy(waiting, count, moved, out);
    }

    /** Moves floats. */
    public static void shuffle(
            int[] waiting, int count, int width, int mode, int[] selectors, int selector, float[] in, float[] out) {
        var moved = new float[count];
        for (int i = 0; i < count; i++) {
            moved[i] = in[source(waiting, count, width, mode, selectors == null ? selector : selectors[i], i)];
        }
        copy(waiting, count, moved, out);
    }

    /**
     * Moves ints up or down within parts of a group; what would come from outside of a part comes from the other end of
     * {@code fill}. The lower half of a selector is the distance, the upper half the number of lanes of a part. The
     * specification leaves numbers open that do not divide the group; here such a lane keeps its own value.
     */
    public static void shuffleAndFill(
            int[] waiting,
            int count,
            int width,
            int mode,
            int[] selectors,
            int selector,
            int[] in,
            int[] fill,
            int[] out) {
        var moved = new int[count];
        for (int i = 0; i < count; i++) {
            var target = fillSource(mode, width, selectors == null ? selector : selectors[i], i);
            moved[i] = target < 0 ? at(fill, -1 - target, i) : at(in, target, i);
        }
        copy(waiting, count, moved, out);
    }

    /** Moves floats likewise. */
    public static void shuffleAndFill(
            int[] waiting,
            int count,
            int width,
            int mode,
            int[] selectors,
            int selector,
            float[] in,
            float[] fill,
            float[] out) {
        var moved = new float[count];
        for (int i = 0; i < count; i++) {
            var target = fillSource(mode, width, selectors == null ? selector : selectors[i], i);
            moved[i] = target < 0 ? at(fill, -1 - target, i) : at(in, target, i);
        }
        copy(waiting, count, moved, out);
    }

    private static int at(int[] values, int lane, int own) {
        return values[lane < values.length ? lane : own];
    }

    private static float at(float[] values, int lane, int own) {
        return values[lane < values.length ? lane : own];
    }

    private static int source(int[] waiting, int count, int width, int mode, int selector, int lane) {
        var base = lane & -width;
        var own = lane - base;
        var size = Math.min(width, count - base);
        var from = switch (mode) {
            case INDEX -> selector;
            case UP -> own - selector;
            case DOWN -> own + selector;
            case XOR -> own ^ selector;
            case ROTATE_UP -> Math.floorMod(own - selector, width);
            case ROTATE_DOWN -> Math.floorMod(own + selector, width);
            default -> Lanes.first(waiting, base, base + size) - base;
        };
        var exists = from >= 0 && from < size && Lanes.runs(waiting, base + from);
        return exists ? base + from : lane;
    }

    /** The lane of the data, or -1 minus the lane of the fill. */
    private static int fillSource(int mode, int width, int selector, int lane) {
        var modulo = selector >>> Short.SIZE;
        var delta = selector & 0xffff;
        if (modulo == 0 || width % modulo != 0) {
            return lane;
        }
        var base = lane / modulo * modulo;
        var from = lane - base + (mode == UP ? -delta : delta);
        if (from >= 0 && from < modulo) {
            return base + from;
        }
        return -1 - (base + Math.floorMod(from, modulo));
    }

    private static void copy(int[] waiting, int count, int[] moved, int[] out) {
        for (int i = 0; i < count; i++) {
            if (Lanes.runs(waiting, i)) {
                out[i] = moved[i];
            }
        }
    }

    private static void copy(int[] waiting, int count, float[] moved, float[] out) {
        for (int i = 0; i < count; i++) {
            if (Lanes.runs(waiting, i)) {
                out[i] = moved[i];
            }
        }
    }
}
