package io.ringkernel.metal.msl.run.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered while dispatches run that may have no order among each other: those of one encoder. Used by one
 * thread at a time.
 */
public final class CheckSession {
    private final FindingSink sink;
    private final ShadowMemory device = new ShadowMemory();
    private final List<DispatchHistory> dispatches = new ArrayList<>();
    private long now;
    private long lastBoundary;

    public CheckSession(FindingSink sink) {
        this.sink = sink;
    }

    /** Everything so far is before everything to come: a serial encoder between dispatches. */
    public void orderAll() {
        device.clear();
        dispatches.clear();
    }

    /** The accesses so far to a range are before those to come: a barrier of the encoder. */
    public void order(long address, long byteCount) {
        device.clear(address, byteCount);
        boundary();
    }

    /** There is a barrier of the encoder that may order other memory than buffers. */
    public void boundary() {
        lastBoundary = ++now;
    }

    long now() {
        return now;
    }

    long advance() {
        return ++now;
    }

    /** Whether a barrier of the encoder is between an access and now. */
    boolean isBeforeBoundary(long epoch) {
        return epoch < lastBoundary;
    }

    ShadowMemory device() {
        return device;
    }

    FindingSink sink() {
        return sink;
    }

    DispatchHistory begin(DispatchHistory dispatch) {
        dispatches.add(dispatch);
        return dispatch;
    }

    /** The dispatch that ran in an epoch. */
    DispatchHistory at(long epoch) {
        for (int i = dispatches.size() - 1; i > 0; i--) {
            if (dispatches.get(i).firstEpoch() <= epoch) {
                return dispatches.get(i);
            }
        }
        return dispatches.getFirst();
    }
}
