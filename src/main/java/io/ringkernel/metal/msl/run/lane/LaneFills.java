package io.ringkernel.metal.msl.run.lane;

import io.ringkernel.metal.msl.run.Lanes;

/**
 * Moves values up or down within parts of a group; what would come from outside of a part comes from the other end of
 * {@code fill}. A selector is the distance, a modulo the number of lanes of a part. The specification leaves numbers
 * open that do not divide the group; here such a lane keeps its own value, as one does whose source does not run.
 */
public final class LaneFills {

    private LaneFills() {}

    public static void up(
            int[] waiting, int count, int width, int[] in, int[] fill, int[] deltas, int delta, int[] out) {
        up(waiting, count, width, in, fill, deltas, delta, null, width, out);
    }

    public static void up(
            int[] waiting,
            int count,
            int width,
            int[] in,
            int[] fill,
            int[] deltas,
            int delta,
            int[] modulos,
            int modulo,
            int[] out) {
        for (int i = 0; i < count; i++) {
            if (Lanes.runs(waiting, i)) {
                var distance = deltas == null ? delta : deltas[i];
                var source = source(i, width, modulos == null ? modulo : modulos[i], -distance);
                var values = source < 0 ? fill : in;
                out[i] = values[running(waiting, count, source < 0 ? -1 - source : source, i)];
            }
        }
    }

    public static void up(
            int[] waiting, int count, int width, long[] in, long[] fill, int[] deltas, int delta, long[] out) {
        up(waiting, count, width, in, fill, deltas, delta, null, width, out);
    }

    public static void up(
            int[] waiting,
            int count,
            int width,
            long[] in,
            long[] fill,
            int[] deltas,
            int delta,
            int[] modulos,
            int modulo,
            long[] out) {
        for (int i = 0; i < count; i++) {
            if (Lanes.runs(waiting, i)) {
                var distance = deltas == null ? delta : deltas[i];
                var source = source(i, width, modulos == null ? modulo : modulos[i], -distance);
                var values = source < 0 ? fill : in;
                out[i] = values[running(waiting, count, source < 0 ? -1 - source : source, i)];
            }
        }
    }

    public static void up(
            int[] waiting, int count, int width, float[] in, float[] fill, int[] deltas, int delta, float[] out) {
        up(waiting, count, width, in, fill, deltas, delta, null, width, out);
    }

    public static void up(
            int[] waiting,
            int count,
            int width,
            float[] in,
            float[] fill,
            int[] deltas,
            int delta,
            int[] modulos,
            int modulo,
            float[] out) {
        for (int i = 0; i < count; i++) {
            if (Lanes.runs(waiting, i)) {
                var distance = deltas == null ? delta : deltas[i];
                var source = source(i, width, modulos == null ? modulo : modulos[i], -distance);
                var values = source < 0 ? fill : in;
                out[i] = values[running(waiting, count, source < 0 ? -1 - source : source, i)];
            }
        }
    }

    public static void down(
            int[] waiting, int count, int width, int[] in, int[] fill, int[] deltas, int delta, int[] out) {
        down(waiting, count, width, in, fill, deltas, delta, null, width, out);
    }

    public static void down(
            int[] waiting,
            int count,
            int width,
            int[] in,
            int[] fill,
            int[] deltas,
            int delta,
            int[] modulos,
            int modulo,
            int[] out) {
        for (int i = 0; i < count; i++) {
            if (Lanes.runs(waiting, i)) {
                var distance = deltas == null ? delta : deltas[i];
                var source = source(i, width, modulos == null ? modulo : modulos[i], distance);
                var values = source < 0 ? fill : in;
                out[i] = values[running(waiting, count, source < 0 ? -1 - source : source, i)];
            }
        }
    }

    public static void down(
            int[] waiting, int count, int width, long[] in, long[] fill, int[] deltas, int delta, long[] out) {
        down(waiting, count, width, in, fill, deltas, delta, null, width, out);
    }

    public static void down(
            int[] waiting,
            int count,
            int width,
            long[] in,
            long[] fill,
            int[] deltas,
            int delta,
            int[] modulos,
            int modulo,
            long[] out) {
        for (int i = 0; i < count; i++) {
            if (Lanes.runs(waiting, i)) {
                var distance = deltas == null ? delta : deltas[i];
                var source = source(i, width, modulos == null ? modulo : modulos[i], distance);
                var values = source < 0 ? fill : in;
                out[i] = values[running(waiting, count, source < 0 ? -1 - source : source, i)];
            }
        }
    }

    public static void down(
            int[] waiting, int count, int width, float[] in, float[] fill, int[] deltas, int delta, float[] out) {
        down(waiting, count, width, in, fill, deltas, delta, null, width, out);
    }

    public static void down(
            int[] waiting,
            int count,
            int width,
            float[] in,
            float[] fill,
            int[] deltas,
            int delta,
            int[] modulos,
            int modulo,
            float[] out) {
        for (int i = 0; i < count; i++) {
            if (Lanes.runs(waiting, i)) {
                var distance = deltas == null ? delta : deltas[i];
                var source = source(i, width, modulos == null ? modulo : modulos[i], distance);
                var values = source < 0 ? fill : in;
                out[i] = values[running(waiting, count, source < 0 ? -1 - source : source, i)];
            }
        }
    }

    /** The lane of the data, or -1 minus the lane of the fill. */
    private static int source(int lane, int width, int modulo, int distance) {
        if (modulo == 0 || width % modulo != 0) {
            return lane;
        }
        var base = lane / modulo * modulo;
        var from = lane - base + distance;
        return from >= 0 && from < modulo ? base + from : -1 - (base + Math.floorMod(from, modulo));
    }

    private static int running(int[] waiting, int count, int lane, int own) {
        return lane < count && Lanes.runs(waiting, lane) ? lane : own;
    }
}
