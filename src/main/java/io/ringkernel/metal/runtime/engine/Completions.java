package io.ringkernel.metal.runtime.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Where futures complete and hooks run, so that what users hang on them holds up no thread that others need: the
 * executor that the user chose, or else threads of the library's own.
 */
final class Completions implements Executor, AutoCloseable {
    private final Executor executor;
    private final boolean isChosen;

    /** Completions on a chosen executor, or else on new virtual threads. */
    Completions(Optional<Executor> chosen) {
        isChosen = chosen.isPresent();
        executor = chosen.orElseGet(() -> Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("ringkernel-completion-", 0).factory()));
    }

    /** Runs on the executor, or here when that is shut down: a future must not stay open for it. */
    @Override
    public void execute(Runnable completion) {
        try {
            executor.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }

    /**
     * Runs completions, for a thread of the library's own that has nothing else to do afterwards. Where nobody chose an
     * executor the last one runs here: a hop to another thread would cost a lone reply half of its latency.
     */
    void executeLast(List<Runnable> completions) {
        int elsewhere = isChosen ? completions.size() : completions.size() - 1;
        for (int i = 0; i < elsewhere; i++) {
            execute(completions.get(i));
        }
        if (elsewhere >= 0 && elsewhere < completions.size()) {
            completions.get(elsewhere).run();
        }
    }

    /** Gives up threads of the library's own; what runs on them goes on. */
    @Override
    public void close() {
        if (!isChosen) {
            ((ExecutorService) executor).shutdown();
        }
    }
}
