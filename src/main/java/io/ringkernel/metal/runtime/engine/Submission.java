package io.ringkernel.metal.runtime.engine;

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
 * One command buffer, in which each job has an encoder of its own. It ends once: when its completion is reported, or
 * when nobody waits for that any longer.
 */
final class Submission {
    private static final int NONE = -1;

    private final List<Job> jobs;
    private final MetalCommandQueue queue;
    private final long startNanos = System.nanoTime();
    private final BitSet left = new BitSet();
    private boolean hasEnded;
    private boolean isCounted = true;
    private boolean isLate;
    private int encoding = NONE;

    Submission(List<Job> jobs, MetalCommandQueue queue) {
        this.jobs = jobs;
        this.queue = queue;
    }

    List<Job> jobs() {
        return jobs;
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
            for (encoding = 0; encoding < jobs.size(); encoding++) {
                encode(commands, jobs.get(encoding));
            }
            long now = System.nanoTime();
            jobs.forEach(job -> job.committed(now));
            return commands.commit();
        }
    }

    private void encode(MetalCommandBuffer commands, Job job) {
        try (var encoder = commands.computeEncoder()) {
            if (jobs.size() > 1) {
                encoder.setLabel(job.name());
            }
            job.encode(encoder);
        }
    }

    /** The jobs' names. */
    String name() {
        return jobs.size() == 1
                ? jobs.getFirst().name()
                : jobs.stream().map(Job::name).collect(Collectors.joining(", "));
    }

    /** After a commit that threw: the job that was being encoded is to blame, or all if none was. */
    List<Verdict> verdictsOnEncoding() {
        var verdicts = new ArrayList<>(Collections.nCopies(jobs.size(), Verdict.RETRY));
        if (encoding == NONE || encoding == jobs.size()) {
            Collections.fill(verdicts, Verdict.FAIL);
        } else {
            verdicts.set(encoding, Verdict.FAIL);
        }
        return verdicts;
    }

    /** Decides that the caller, and nobody else, deals with the end of the jobs that still wait. */
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

    /** Whether a job, by its place, waits for the end. */
    boolean isWaiting(int place) {
        return !left.get(place);
    }

    /** Whether the caller, and nobody else, takes this out of the number of those under way. */
    synchronized boolean leaveCount() {
        boolean wasInLine = isCounted;
        isCounted = false;
        return wasInLine;
    }

    /**
     * Lets jobs go on that need not wait for the end, which may never come.
     *
     * @return whether none is left
     */
    synchronized boolean detach(Verdict verdict, Throwable failure) {
        if (hasEnded) {
            return true;
        }
        for (int i = 0; i < jobs.size(); i++) {
            if (!left.get(i) && jobs.get(i).detach(verdict, failure)) {
                left.set(i);
            }
        }
        hasEnded = left.cardinality() == jobs.size();
        return hasEnded;
    }
}
