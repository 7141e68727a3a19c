package io.ringkernel.metal;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Pipelines of one device by source, options, function and constants, each compiled once.
 *
 * <p><b>Lifetime.</b> The cache owns its pipelines: users do not close them, and they are dead after {@link #close()}.
 *
 * <p><b>Threads.</b> Several threads may ask for the same pipeline; one compiles, the others wait for it. A failure is
 * not kept.
 */
public final class MetalPipelineCache implements AutoCloseable {
    private record LibraryKey(String source, MetalCompileOptions options) {}

    private record Key(LibraryKey library, String function, MetalFunctionConstants constants) {}

    private final MetalDevice device;
    private final ConcurrentHashMap<LibraryKey, CompletableFuture<MetalLibrary>> libraries = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Key, CompletableFuture<MetalPipeline>> pipelines = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** An empty cache for a device, which must stay open as long as the cache is used. */
    public MetalPipelineCache(MetalDevice device) {
        this.device = Objects.requireNonNull(device, "device");
    }

    /**
     * The pipeline of a function without constants, compiled with the default options.
     *
     * @throws CompilationFailedException if the source is not valid or the function cannot run on the device
     * @throws java.util.NoSuchElementException if the source has no such function
     */
    public MetalPipeline pipeline(String source, String function) {
        return pipeline(source, MetalCompileOptions.defaults(), function, MetalFunctionConstants.none());
    }

    /**
     * The pipeline of a function.
     *
     * @throws CompilationFailedException if the source is not valid or the function cannot run on the device
     * @throws java.util.NoSuchElementException if the source has no such function
     */
    public MetalPipeline pipeline(
            String source, MetalCompileOptions options, String function, MetalFunctionConstants constants) {
        var library = new LibraryKey(source, options);
        return once(pipelines, new Key(library, function, constants), key -> {
            var compiled = once(libraries, library, k -> device.newLibrary(k.source, k.options));
            try (var specialized = compiled.function(function, constants)) {
                return device.newPipeline(specialized);
            }
        });
    }

    /** The number of pipelines that are kept. */
    public int size() {
        return pipelines.size();
    }

    private <K, V extends MetalObject> V once(
            ConcurrentHashMap<K, CompletableFuture<V>> cache, K key, Function<K, V> make) {
        if (closed) {
            throw new IllegalStateException("used after close: " + this);
        }
        var mine = new CompletableFuture<V>();
        var first = cache.putIfAbsent(key, mine);
        if (first != null) {
            return result(first);
        }
        try {
            mine.complete(make.apply(key));
        } catch (RuntimeException | Error e) {
            cache.remove(key, mine);
            mine.completeExceptionally(e);
        }
        if (closed) {
            mine.thenAccept(MetalObject::close);
            throw new IllegalStateException("closed while it made " + key);
        }
        return result(mine);
    }

    private static <V> V result(CompletableFuture<V> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Closes every pipeline that the cache made. Idempotent. */
    @Override
    public void close() {
        closed = true;
        pipelines.values().forEach(pipeline -> pipeline.thenAccept(MetalObject::close));
        libraries.values().forEach(library -> library.thenAccept(MetalObject::close));
        pipelines.clear();
        libraries.clear();
    }
}
