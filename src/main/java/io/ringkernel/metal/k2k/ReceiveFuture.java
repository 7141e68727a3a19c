package io.ringkernel.metal.k2k;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A receive that has not got its message. It waits in line; whoever takes it out of there completes it: the mailbox
 * with a message, or its user by cancelling it or completing it otherwise. So a message is never given to a future that
 * is done already.
 */
final class ReceiveFuture extends CompletableFuture<K2KMessage> implements WaitingReceivers.Waiter {
    private final WaitingReceivers line;

    ReceiveFuture(WaitingReceivers line) {
        this.line = line;
    }

    /** Completes a future that was taken out of the line, where its dependents may run. */
    void deliver(K2KMessage message, Executor executor) {
        run(executor, () -> super.complete(message));
    }

    /** Fails a future that was taken out of the line, where its dependents may run. */
    void fail(Throwable cause, Executor executor) {
        run(executor, () -> super.completeExceptionally(cause));
    }

    /** An executor that refuses must not cost a message: then the completion runs here. */
    private static void run(Executor executor, Runnable completion) {
        try {
            executor.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }

    @Override
    public boolean complete(K2KMessage message) {
        return line.withdraw(this) && super.complete(message);
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        return line.withdraw(this) && super.completeExceptionally(cause);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return line.withdraw(this) ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }
}
