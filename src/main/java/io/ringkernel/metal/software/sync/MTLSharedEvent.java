package io.ringkernel.metal.software.sync;

import io.ringkernel.metal.software.foundation.Block;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import java.util.ArrayList;
import java.util.List;

/** An event that the CPU sees too: it can set it, wait for it, and be told of a value by a listener. */
public final class MTLSharedEvent extends MTLEvent {
    private static final long LONGEST_WAIT_MILLIS = Long.MAX_VALUE / 2_000_000;

    private record Notification(MTLSharedEventListener listener, long value, Block block) {}

    // Guarded by itself; each listener in it is retained.
    private final List<Notification> waiting = new ArrayList<>();

    public MTLSharedEvent(Origin origin) {
        super(origin);
    }

    @Selector("signaledValue")
    long signaledValue() {
        return value();
    }

    @Selector("setSignaledValue:")
    void setSignaledValue(long replacement) {
        assign(replacement);
    }

    @Selector("waitUntilSignaledValue:timeoutMS:")
    boolean waitUntilSignaled(long wanted, long milliseconds) {
        // Unsigned, so that a negative number is a very long time.
        boolean forever = milliseconds < 0 || milliseconds > LONGEST_WAIT_MILLIS;
        return await(wanted, forever ? LONGEST_WAIT_MILLIS : milliseconds);
    }

    @Selector("notifyListener:atValue:block:")
    void notifyListener(MTLSharedEventListener listener, long wanted, Block block) {
        listener.retain();
        synchronized (waiting) {
            waiting.add(new Notification(listener, wanted, block));
        }
        reached(value());
    }

    @Override
    void reached(long now) {
        var due = new ArrayList<Notification>();
        synchronized (waiting) {
            waiting.removeIf(each -> Long.compareUnsigned(each.value(), now) <= 0 && due.add(each));
        }
        for (var each : due) {
            retain();
            each.listener().dispatchQueue().async(() -> {
                each.block().call(this, now);
                each.listener().release();
                release();
            });
        }
    }

    @Selector("newSharedEventHandle")
    NSObject newSharedEventHandle() {
        return new MTLSharedEventHandle(runtime(), label());
    }

    @Override
    protected void dealloc() {
        synchronized (waiting) {
            waiting.forEach(each -> each.listener().release());
            waiting.clear();
        }
        super.dealloc();
    }

    /** What another process would open the event with; there is none, so it only has a label. */
    static final class MTLSharedEventHandle extends NSObject {
        private final String label;

        MTLSharedEventHandle(ObjectRuntime runtime, String label) {
            super(runtime);
            this.label = label;
        }

        @Selector("label")
        String label() {
            return label;
        }
    }
}
