package io.ringkernel.metal.objc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Calls that may wait for a lock (the JDK's own, in reflection and linking, among them) on behalf of a virtual thread
 * that must not park: it may have an autorelease pool in place, which belongs to its carrier. For what happens once;
 * the thread spins meanwhile.
 */
final class Unparked {
    private Unparked() {}

    /** The task's result, or what it threw. */
    static <T> T call(Supplier<T> task) {
        if (!Thread.currentThread().isVirtual()) {
            return task.get();
        }
        var result = new CompletableFuture<T>();
        Thread.ofPlatform().daemon().name("metal-binding").start(() -> complete(result, task));
        while (!result.isDone()) {
            Thread.onSpinWait();
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> task) {
        try {
            result.complete(task.get());
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }
}
