package io.ringkernel.metal.software.runtime;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The misuses seen so far, in order; the first {@link #KEPT} are kept, all are counted. */
public final class Violations {
    /** A client that misuses in a loop must not fill the heap. */
    static final int KEPT = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Violations.class);

    private final List<Violation> kept = new ArrayList<>();
    private long count;

    /** Records a misuse at the current place. */
    public void record(ViolationKind kind, String message) {
        record(kind, message, new Throwable(message));
    }

    void record(ViolationKind kind, String message, Throwable where) {
        var violation = new Violation(kind, message, where);
        if (keep(violation)) {
            LOG.warn("misuse of Metal: {}", violation);
            LOG.debug("it was done here", where);
        }
    }

    private synchronized boolean keep(Violation violation) {
        count++;
        return kept.size() < KEPT && kept.add(violation);
    }

    /** Everything recorded, oldest first. */
    public synchronized List<Violation> all() {
        return List.copyOf(kept);
    }

    /** How many there were, those not kept included. */
    public synchronized long count() {
        return count;
    }

    /** Returns everything recorded and forgets it. */
    public synchronized List<Violation> drain() {
        var drained = List.copyOf(kept);
        kept.clear();
        count = 0;
        return drained;
    }
}
