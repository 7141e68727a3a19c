package io.ringkernel.metal.runtime;

import io.ringkernel.metal.wire.KernelId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Launches kernels and keeps them: what every backend offers.
 *
 * <p><b>Threads.</b> Any number of threads may use a runtime.
 *
 * <p><b>Lifetime.</b> Closing a runtime terminates its kernels and waits for that.
 */
public interface RingKernelRuntime extends AutoCloseable {
    /**
     * Launches a kernel.
     *
     * <p>Fails with {@link RingKernelException.KernelIdTaken}, {@link RingKernelException.RuntimeClosed},
     * {@link io.ringkernel.metal.CompilationFailedException}, {@link io.ringkernel.metal.OutOfMemoryException}, or
     * {@link IllegalArgumentException} if the device or the compiled kernel does not allow the sizes in the options. A
     * kernel whose launch was cancelled, or timed out, is terminated as soon as it is launched.
     *
     * @param id a name that no other kernel of this runtime has
     * @throws IllegalArgumentException if {@code id} is blank, or the host's
     */
    CompletableFuture<KernelHandle> launch(String id, LaunchOptions options, KernelSource source);

    /**
     * Launches a kernel from the default template, which answers every message with its own payload.
     *
     * @return as {@link #launch(String, LaunchOptions, KernelSource)}
     * @throws IllegalArgumentException if {@code id} is blank, or the host's
     */
    default CompletableFuture<KernelHandle> launch(String id, LaunchOptions options) {
        return launch(id, options, KernelSource.echo());
    }

    /** The kernel with the given id, from the start of its launch to its termination. */
    Optional<KernelHandle> kernel(String id);

    /** The ids of all kernels that are not terminated. */
    List<KernelId> kernels();

    /** What the runtime has done so far. */
    RuntimeMetrics metrics();

    /** What one kernel has done so far. */
    default Optional<KernelMetrics> metrics(String id) {
        return kernel(id).map(KernelHandle::metrics);
    }

    /** Terminates all kernels and gives up everything that the runtime owns. May be asked for again. */
    CompletableFuture<Void> shutdown();

    /** {@linkplain #shutdown() Shuts down} and waits for it. */
    @Override
    default void close() {
        shutdown().join();
    }
}
