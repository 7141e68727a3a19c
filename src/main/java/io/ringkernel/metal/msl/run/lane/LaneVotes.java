package io.ringkernel.metal.msl.run.lane;

import io.ringkernel.metal.msl.run.Lanes;

/** What lanes ask about the lanes of their group. */
public final class LaneVotes {

    private LaneVotes() {}

    /** Whether each lane is the first running one. */
    public static void isFirst(int[] waiting, int count, int width, int[] out) {
        for (int from = 0; from < count; from += width) {
            var to = Math.min(count, from + width);
            var first = Lanes.first(waiting, from, to);
            for (int i = first; i < to; i++) {
                if (Lanes.runs(waiting, i)) {
                    out[i] = i == first ? 1 : 0;
                }
            }
        }
    }

    /** The running lanes for which something is true, as bits. */
    public static void ballot(int[] waiting, int count, int width, int[] in, long[] out) {
        for (int from = 0; from < count; from += width) {
            var to = Math.min(count, from + width);
            var votes = 0L;
            for (int i = from; i < to; i++) {
                votes |= Lanes.runs(waiting, i) ? (long) in[i] << i - from : 0;
            }
            for (int i = from; i < to; i++) {
                out[i] = Lanes.runs(waiting, i) ? votes : out[i];
            }
        }
    }
}
