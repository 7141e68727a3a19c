package io.ringkernel.metal;

import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.NSError;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An object that Metal makes on a thread of its own; whoever gave the future up gets none, and none is left over. */
final class AsyncResult<T extends MetalObject> {
    private final CompletableFuture<T> future = new CompletableFuture<>();

    CompletableFuture<T> future() {
        return future;
    }

    /** Keeps what a handler was lent; empty for nil. */
    static Optional<Retained> keep(ObjectiveC objc, MemorySegment id) {
        return ObjectiveC.isNil(id) ? Optional.empty() : Optional.of(Retained.borrowed(objc, id));
    }

    /** What a handler was told. */
    static MetalError error(ObjectiveC objc, MemorySegment id) {
        return ObjectiveC.isNil(id)
                ? new MetalError("", 0, "the driver gave no reason")
                : MetalError.of(NSError.read(objc, id));
    }

    /** Completes the future with a wrapper, which is made inside of a pool, and on no thread of the driver. */
    void complete(ObjectiveC objc, Supplier<T> make) {
        Completions.run(() -> {
            T made;
            try (var _ = AutoreleasePool.push(objc)) {
                made = make.get();
            } catch (Throwable e) {
                future.completeExceptionally(e);
                return;
            }
            if (!future.complete(made)) {
                made.close();
            }
        });
    }
}
