package io.ringkernel.metal.bench;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Hand-written loops on as many threads as there are processors, which take the next chunk when they are done. */
final class Parallel implements AutoCloseable {
    private static final int CHUNKS_PER_THREAD = 8;

    private final int threads = Runtime.getRuntime().availableProcessors();
    private final ExecutorService others = Executors.newFixedThreadPool(Math.max(1, threads - 1));

    /** Runs a part of a loop. */
    interface Body {
        void run(int from, int to);
    }

    /** Runs a loop from 0 to a count; the calling thread takes part. */
    void run(int count, Body body) {
        int chunk = Math.max(1, count / (threads * CHUNKS_PER_THREAD));
        var next = new AtomicInteger();
        Runnable share = () -> {
            for (int from = next.getAndAdd(chunk); from < count; from = next.getAndAdd(chunk)) {
                body.run(from, Math.min(count, from + chunk));
            }
        };
        var helpers = new ArrayList<Future<?>>();
        for (int i = 1; i < threads; i++) {
            helpers.add(others.submit(share));
        }
        share.run();
        try {
            for (var helper : helpers) {
                helper.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
