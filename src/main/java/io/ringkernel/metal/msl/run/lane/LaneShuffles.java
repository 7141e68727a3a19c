package io.ringkernel.metal.msl.run.lane;

import io.ringkernel.metal.msl.run.Lanes;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Exchange of values between the lanes of each group. A lane that reads from one that does not run, or does not exist,
 * keeps its own value: the specification says so where a shuffle goes beyond the group, and else leaves it undefined.
 */
public final class LaneShuffles {

    private LaneShuffles() {}

    /** From the lane that the selector names. */
    public static void shuffle(
            int[] waiting, int count, int width, int[] in, int[] selectors, int selector, int[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, index) -> index), waiting, in, out);
    }

    public static void shuffle(
            int[] waiting, int count, int width, long[] in, int[] selectors, int selector, long[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, index) -> index), waiting, in, out);
    }

    public static void shuffle(
            int[] waiting, int count, int width, float[] in, int[] selectors, int selector, float[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, index) -> index), waiting, in, out);
    }

    /** From so many lanes below. */
    public static void up(int[] waiting, int count, int width, int[] in, int[] selectors, int selector, int[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, delta) -> lane - delta), waiting, in, out);
    }

    public static void up(int[] waiting, int count, int width, long[] in, int[] selectors, int selector, long[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, delta) -> lane - delta), waiting, in, out);
    }

    public static void up(int[] waiting, int count, int width, float[] in, int[] selectors, int selector, float[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, delta) -> lane - delta), waiting, in, out);
    }

    /** From so many lanes above. */
    public static void down(int[] waiting, int count, int width, int[] in, int[] selectors, int selector, int[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, delta) -> lane + delta), waiting, in, out);
    }

    public static void down(int[] waiting, int count, int width, long[] in, int[] selectors, int selector, long[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, delta) -> lane + delta), waiting, in, out);
    }

    public static void down(
            int[] waiting, int count, int width, float[] in, int[] selectors, int selector, float[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, delta) -> lane + delta), waiting, in, out);
    }

    /** From the lane whose number differs in these bits. */
    public static void xor(int[] waiting, int count, int width, int[] in, int[] selectors, int selector, int[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, mask) -> lane ^ mask), waiting, in, out);
    }

    public static void xor(int[] waiting, int count, int width, long[] in, int[] selectors, int selector, long[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, mask) -> lane ^ mask), waiting, in, out);
    }

    public static void xor(
            int[] waiting, int count, int width, float[] in, int[] selectors, int selector, float[] out) {
        move(sources(waiting, count, width, selectors, selector, (lane, mask) -> lane ^ mask), waiting, in, out);
    }

    /** From so many lanes below, around the group. */
    public static void rotateUp(
            int[] waiting, int count, int width, int[] in, int[] selectors, int selector, int[] out) {
        move(
                sources(
                        waiting,
                        count,
                        width,
                        selectors,
                        selector,
                        (lane, delta) -> (lane + width - delta % width) % width),
                waiting,
                in,
                out);
    }

    public static void rotateUp(
            int[] waiting, int count, int width, long[] in, int[] selectors, int selector, long[] out) {
        move(
                sources(
                        waiting,
                        count,
                        width,
                        selectors,
                        selector,
                        (lane, delta) -> (lane + width - delta % width) % width),
                waiting,
                in,
                out);
    }

    public static void rotateUp(
            int[] waiting, int count, int width, float[] in, int[] selectors, int selector, float[] out) {
        move(
                sources(
                        waiting,
                        count,
                        width,
                        selectors,
                        selector,
                        (lane, delta) -> (lane + width - delta % width) % width),
                waiting,
                in,
                out);
    }

    /** From so many lanes above, around the group. */
    public static void rotateDown(
            int[] waiting, int count, int width, int[] in, int[] selectors, int selector, int[] out) {
        move(
                sources(waiting, count, width, selectors, selector, (lane, delta) -> (lane + delta) % width),
                waiting,
                in,
                out);
    }

    public static void rotateDown(
            int[] waiting, int count, int width, long[] in, int[] selectors, int selector, long[] out) {
        move(
                sources(waiting, count, width, selectors, selector, (lane, delta) -> (lane + delta) % width),
                waiting,
                in,
                out);
    }

    public static void rotateDown(
            int[] waiting, int count, int width, float[] in, int[] selectors, int selector, float[] out) {
        move(
                sources(waiting, count, width, selectors, selector, (lane, delta) -> (lane + delta) % width),
                waiting,
                in,
                out);
    }

    /** From the lowest running lane. */
    public static void first(int[] waiting, int count, int width, int[] in, int[] out) {
        move(firsts(waiting, count, width), waiting, in, out);
    }

    public static void first(int[] waiting, int count, int width, long[] in, long[] out) {
        move(firsts(waiting, count, width), waiting, in, out);
    }

    public static void first(int[] waiting, int count, int width, float[] in, float[] out) {
        move(firsts(waiting, count, width), waiting, in, out);
    }

    /** The lane that each takes its value from; {@code source} computes it within the group. */
    private static int[] sources(
            int[] waiting, int count, int width, int[] selectors, int selector, IntBinaryOperator source) {
        var sources = new int[count];
        for (int i = 0; i < count; i++) {
            var base = i & -width;
            var from = source.applyAsInt(i - base, selectors == null ? selector : selectors[i]);
            var exists = from >= 0 && from < Math.min(width, count - base) && Lanes.runs(waiting, base + from);
            sources[i] = exists ? base + from : i;
        }
        return sources;
    }

    private static int[] firsts(int[] waiting, int count, int width) {
        var sources = new int[count];
        for (int from = 0; from < count; from += width) {
            var to = Math.min(count, from + width);
            Arrays.fill(sources, from, to, Lanes.first(waiting, from, to));
        }
        return sources;
    }

    private static void move(int[] sources, int[] waiting, int[] in, int[] out) {
        for (int i = 0; i < sources.length; i++) {
            if (Lanes.runs(waiting, i)) {
                out[i] = in[sources[i]];
            }
        }
    }

    private static void move(int[] sources, int[] waiting, long[] in, long[] out) {
        for (int i = 0; i < sources.length; i++) {
            if (Lanes.runs(waiting, i)) {
                out[i] = in[sources[i]];
            }
        }
    }

    private static void move(int[] sources, int[] waiting, float[] in, float[] out) {
        for (int i = 0; i < sources.length; i++) {
            if (Lanes.runs(waiting, i)) {
                out[i] = in[sources[i]];
            }
        }
    }
}
