package io.ringkernel.metal.runtime.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A future whose outcome is decided once, by whoever {@linkplain #claim() claims} it, and shown later, on an executor.
 *
 * <p>The runtime claims a future under its locks at the moment it gives something away, and completes it afterwards. A
 * cancellation that comes in between fails, so that what was given is never lost; one that came before makes the claim
 * fail, so that it goes to the next in line.
 */
sealed class PendingFuture<T> extends CompletableFuture<T> permits SendQueue.Waiting {
    private static final VarHandle CLAIMED;

    static {
        try {
            CLAIMED = MethodHandles.lookup().findVarHandle(PendingFuture.class, "claimed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Consumer<PendingFuture<T>> abandoned;
    private volatile boolean claimed;
    private volatile Future<?> alarm;

    /** A future that is handed to {@code abandoned} when its user, or its alarm, gives up before anything was given. */
    PendingFuture(Consumer<PendingFuture<T>> abandoned) {
        this.abandoned = abandoned;
    }

    PendingFuture() {
        this(_ -> {});
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    /** Decides that the caller, and nobody else, completes this. */
    boolean claim() {
        boolean mine = CLAIMED.compareAndSet(this, false, true);
        var timer = alarm;
        if (mine && timer != null) {
            timer.cancel(false);
        }
        return mine;
    }

    /** Whether the outcome is decided. */
    boolean isClaimed() {
        return claimed;
    }

    /** Shows the outcome that the claim decided. */
    void settle(Executor executor, T value) {
        executor.execute(() -> show(value));
    }

    /** Shows the outcome that the claim decided, on this thread. */
    void show(T value) {
        super.complete(value);
    }

    /** Shows the failure that the claim decided. */
    void fail(Executor executor, Throwable failure) {
        executor.execute(() -> super.completeExceptionally(failure));
    }

    /** Fails this after a time, unless it was claimed before. */
    void failAfter(Alarms alarms, Duration timeout, Executor executor, Supplier<Throwable> failure) {
        alarm = alarms.set(timeout, () -> {
            if (claim()) {
                abandoned.accept(this);
                fail(executor, failure.get());
            }
        });
        if (claimed) {
            alarm.cancel(false);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return giveUp() ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }

    @Override
    public boolean complete(T value) {
        return giveUp() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return giveUp() && super.completeExceptionally(failure);
    }

    private boolean giveUp() {
        boolean mine = claim();
        if (mine) {
            abandoned.accept(this);
        }
        return mine;
    }
}
