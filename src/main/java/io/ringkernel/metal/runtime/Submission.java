package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalCommandBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalErrorOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * One command buffer, in which each rider has an encoder of its own. It ends once: when its completion is reported, or
 * when nobody waits for that any longer.
 */
final class Submission {
    private static final int NONE = -1;

    private final List<Rider> riders;
    private final MetalCommandQueue queue;
    private final long startNanos = System.nanoTime();
    private final BitSet left = new BitSet();
    private boolean hasEnded;
    private boolean isInLine = true;
    private boolean isLate;
    private int encoding = NONE;

    Submission(List<Rider> riders, MetalCommandQueue queue) {
        this.riders = riders;
        this.queue = queue;
    }

    List<Rider> riders() {
        return riders;
    }

    MetalCommandQueue queue() {
        return queue;
    }

    long startNanos() {
        return startNanos;
    }

    /** Encodes and commits; if that throws, {@link #verdictsOnEncoding()} says whose fault it was. */
    CompletableFuture<MetalCommandBuffer> commit() {
        try (var commands = queue.commandBuffer(MetalErrorOption.ENCODER_EXECUTION_STATUS)) {
            commands.setLabel(name());
            for (encoding = 0; encoding < riders.size(); encoding++) {
                encode(commands, riders.get(encoding));
            }
            long now = System.nanoTime();
            riders.forEach(rider -> rider.committed(now));
            return commands.commit();
        }
    }

    private void encode(MetalCommandBuffer commands, Rider rider) {
        try (var encoder = commands.computeEncoder()) {
            if (riders.size() > 1) {
                encoder.setLabel(rider.name());
            }
            rider.encode(encoder);
        }
    }

    /** The riders' names. */
    String name() {
        return riders.size() == 1
                ? riders.getFirst().name()
                : riders.stream().map(Rider::name).collect(Collectors.joining(", "));
    }

    /** After a commit that threw: the rider that was being encoded is to blame, or all if none was. */
    List<Verdict> verdictsOnEncoding() {
        var verdicts = new ArrayList<>(Collections.nCopies(riders.size(), Verdict.RIDE_AGAIN));
        if (encoding == NONE || encoding == riders.size()) {
            Collections.fill(verdicts, Verdict.FAIL);
        } else {
            verdicts.set(encoding, Verdict.FAIL);
        }
        return verdicts;
    }

    /** Decides that the caller, and nobody else, deals with the end of those that still ride. */
    synchronized boolean end() {
        boolean isMine = !hasEnded;
        hasEnded = true;
        return isMine;
    }

    /**
     * Notes that the time is over; false if that was known already. Only then is it given up: when the whole JVM, or
     * the machine, stood still, the end has its chance to be reported first.
     */
    boolean becomesLate() {
        boolean isNew = !isLate;
        isLate = true;
        return isNew;
    }

    /** Whether a rider, by its place, waits for the end. */
    boolean isAboard(int place) {
        return !left.get(place);
    }

    /** Whether the caller, and nobody else, takes this out of the number of those under way. */
    synchronized boolean leaveLine() {
        boolean wasInLine = isInLine;
        isInLine = false;
        return wasInLine;
    }

    /**
     * Lets riders go on that need not wait for the end, which may never come.
     *
     * @return whether none is left
     */
    synchronized boolean moveOut(Verdict verdict, Throwable failure) {
        if (hasEnded) {
            return true;
        }
        for (int i = 0; i < riders.size(); i++) {
            if (!left.get(i) && riders.get(i).moveOut(verdict, failure)) {
                left.set(i);
            }
        }
        hasEnded = left.cardinality() == riders.size();
        return hasEnded;
    }
}
