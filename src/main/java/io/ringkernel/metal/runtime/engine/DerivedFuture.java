package io.ringkernel.metal.runtime.engine;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A future whose outcome is made from that of others, and that reaches them when its user cancels it, lets it time out,
 * or completes it: what nobody waits for any more is given up at its source. A source that has been given its value by
 * then cannot be given up, and neither can this.
 */
public final class DerivedFuture<T> extends CompletableFuture<T> {
    private final List<? extends CompletableFuture<?>> sources;

    /** Whether a user's value takes the place of what the sources bring; written before they are given up. */
    private volatile boolean isReplaced;

    private DerivedFuture(List<? extends CompletableFuture<?>> sources) {
        this.sources = sources;
    }

    /** What a function makes of a source's value; it fails as the source does, or with what the function throws. */
    public static <S, T> DerivedFuture<T> of(CompletableFuture<S> source, Function<? super S, ? extends T> function) {
        var derived = new DerivedFuture<T>(List.of(source));
        derived.follow(source, function);
        return derived;
    }

    /**
     * Complete when all sources are.
     *
     * @param failure what becomes of the failure of one of them
     */
    static DerivedFuture<Void> ofAll(
            List<? extends CompletableFuture<?>> sources, Function<Throwable, Throwable> failure) {
        var derived = new DerivedFuture<Void>(sources);
        var all = CompletableFuture.allOf(sources.toArray(CompletableFuture[]::new));
        derived.follow(all.exceptionallyCompose(e -> failedFuture(failure.apply(unwrapped(e)))), done -> done);
        return derived;
    }

    private <S> void follow(CompletableFuture<S> source, Function<? super S, ? extends T> function) {
        source.whenComplete((value, failure) -> {
            if (failure == null) {
                show(value, function);
            } else if (!isReplaced || !(unwrapped(failure) instanceof CancellationException)) {
                super.completeExceptionally(unwrapped(failure));
            }
        });
    }

    private <S> void show(S value, Function<? super S, ? extends T> function) {
        try {
            super.complete(function.apply(value));
        } catch (RuntimeException e) {
            super.completeExceptionally(e);
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Gives up what can still be given up; whether that was anything. */
    private boolean giveUp() {
        boolean isAny = false;
        for (var source : sources) {
            isAny |= source.cancel(false);
        }
        return isAny;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return isCancelled();
        }
        isReplaced = true;
        return giveUp() ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }

    @Override
    public boolean complete(T value) {
        isReplaced = true;
        return !isDone() && giveUp() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        isReplaced = true;
        return !isDone() && giveUp() && super.completeExceptionally(failure);
    }
}
