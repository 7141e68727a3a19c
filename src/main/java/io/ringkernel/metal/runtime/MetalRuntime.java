package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalException;
import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.runtime.engine.Engine;
import io.ringkernel.metal.runtime.engine.EngineSettings;
import io.ringkernel.metal.runtime.engine.KernelPlan;
import io.ringkernel.metal.runtime.engine.Timeline;
import io.ringkernel.metal.wire.KernelId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Runs ring kernels on a Metal device.
 *
 * <pre>{@code
 * try (MetalRuntime runtime = MetalRuntime.create().join()) {
 *     KernelHandle kernel = runtime.launch("compute", LaunchOptions.defaults(), KernelSource.handler(msl)).join();
 *     kernel.activate().join();
 *     kernel.send(envelope).join();
 *     MessageEnvelope reply = kernel.receive(Duration.ofSeconds(1)).join();
 *     kernel.terminate().join();
 * }
 * }</pre>
 *
 * <p><b>Dispatch.</b> A kernel's waiting messages go to the GPU together, at once when nothing of the kernel is in
 * flight, else when that has completed; kernels that are ready together share a command buffer. {@link DispatchPolicy}
 * changes that. When nothing is to be done, no thread runs.
 *
 * <p><b>Clock.</b> One hybrid logical clock for the host, whose node is 0 unless a clock was given. The GPU stamps what
 * a kernel sends with the kernel's number as the node, after the messages of the batch, and the host's clock follows.
 */
public final class MetalRuntime implements RingKernelRuntime {
    private final MetalDevice device;
    private final Engine engine;

    private MetalRuntime(MetalDevice device, EngineSettings settings, Runnable closing) {
        this.device = device;
        engine = new Engine(device, settings, closing);
    }

    /**
     * Starts a runtime on the system's default device.
     *
     * <p>Fails with {@link io.ringkernel.metal.BackendUnavailableException} if there is no Metal device; the message
     * says why and what to do. {@code join} throws it as the cause of a
     * {@link java.util.concurrent.CompletionException}, whose message has that text too.
     */
    public static CompletableFuture<MetalRuntime> create() {
        return builder().start();
    }

    /** Collects choices for a runtime. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects choices for a runtime; not for use by several threads. */
    public static final class Builder {
        private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
        private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

        private final EngineSettings settings = new EngineSettings();
        private MetalDevice device;
        private boolean isSoftware;

        private Builder() {}

        /** Runs on this device, which stays the caller's to close, after the runtime. */
        public Builder device(MetalDevice metalDevice) {
            device = Objects.requireNonNull(metalDevice, "metalDevice");
            return this;
        }

        /** Runs on the software device. */
        public Builder software() {
            isSoftware = true;
            return this;
        }

        /** Turns K2K off: there is no broker, and what a kernel sends to another one becomes a dead letter. */
        public Builder withoutK2K() {
            settings.k2k = Optional.empty();
            return this;
        }

        /**
         * The limits of {@link MetalRuntime#k2k()}; {@link K2KConfig#defaults()} unless set. A message for a kernel
         * whose queue is full waits at its endpoint. When that is full too, the sending kernel handles no further
         * messages until there is room. What waited for the delivery timeout becomes a dead letter.
         */
        public Builder k2k(K2KConfig limits) {
            settings.k2k = Optional.of(limits);
            return this;
        }

        /** When waiting messages become a dispatch. */
        public Builder dispatchPolicy(DispatchPolicy dispatchPolicy) {
            settings.policy = Objects.requireNonNull(dispatchPolicy, "dispatchPolicy");
            return this;
        }

        /**
         * Where futures complete and hooks are called; threads of the library's own unless set, none of which others
         * need meanwhile. It stays the caller's. An executor that runs tasks on the calling thread lets user code hold
         * up the runtime.
         */
        public Builder executor(Executor completions) {
            settings.executor = Optional.of(completions);
            return this;
        }

        /** The host's clock. */
        public Builder clock(HlcClock hlcClock) {
            settings.clock = Optional.of(hlcClock);
            return this;
        }

        /** Is told of every message that was accepted and will not be handled, or made and will not be received. */
        public Builder deadLetters(Consumer<DeadLetter> hook) {
            settings.deadLetters = Objects.requireNonNull(hook, "hook");
            return this;
        }

        /**
         * How long a command buffer may take, of which the driver reports neither an end nor a failure: a GPU that
         * hangs. Its kernels are {@linkplain KernelHandle failed} then, those that are not to blame as far as can be
         * told go on without it, and so do all others. One minute unless set; drivers usually end what hangs sooner.
         *
         * @throws IllegalArgumentException if it is not in 1 ms..1 day
         */
        public Builder batchTimeout(Duration time) {
            settings.batchTimeout = inRange("batchTimeout", time);
            return this;
        }

        /**
         * How long {@link MetalRuntime#shutdown()} may take. What has not ended by then is not waited for: kernels in
         * flight fail, and are terminated. Three minutes unless set.
         *
         * @throws IllegalArgumentException if it is not in 1 ms..1 day
         */
        public Builder shutdownTimeout(Duration time) {
            settings.shutdownTimeout = inRange("shutdownTimeout", time);
            return this;
        }

        private static Duration inRange(String name, Duration time) {
            if (time.compareTo(SHORTEST_TIMEOUT) < 0 || time.compareTo(LONGEST_TIMEOUT) > 0) {
                throw new IllegalArgumentException(name + " not in PT0.001S..PT24H: " + time);
            }
            return time;
        }

        /** Lets the queues count from another number than 0. */
        Builder firstCount(long count) {
            settings.firstCount = count;
            return this;
        }

        /**
         * Starts the runtime.
         *
         * <p>Fails with {@link io.ringkernel.metal.BackendUnavailableException} if there is no such device, and as the
         * device does if it cannot make what a runtime needs.
         *
         * @throws IllegalArgumentException if both a device and the software device were chosen
         */
        public CompletableFuture<MetalRuntime> start() {
            if (device != null && isSoftware) {
                throw new IllegalArgumentException("both a device and the software device were chosen: " + device);
            }
            try {
                return CompletableFuture.completedFuture(device == null ? onOwnDevice() : on(device, () -> {}));
            } catch (MetalException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private MetalRuntime onOwnDevice() {
            var own = isSoftware ? MetalDevice.software() : MetalDevice.systemDefault();
            try {
                return on(own, own::close);
            } catch (RuntimeException | Error e) {
                own.close();
                throw e;
            }
        }

        private MetalRuntime on(MetalDevice chosen, Runnable closing) {
            return new MetalRuntime(chosen, settings, closing);
        }
    }

    /** The device that the kernels run on. */
    public MetalDevice device() {
        return device;
    }

    /** The host's clock, from which messages get their timestamps. */
    public HlcClock clock() {
        return engine.clock();
    }

    /**
     * The broker that carries messages between kernels, and between them and the host. Every launched kernel is
     * registered there until it has terminated, unless its options say otherwise. The host registers endpoints of its
     * own to send to kernels by id and to receive what they send by the numbers of those ids. It ends with the runtime.
     *
     * <p>All endpoints are on the {@linkplain #clock() host's clock}.
     *
     * @throws IllegalStateException if K2K was turned off
     */
    public K2KBroker k2k() {
        return engine.broker();
    }

    @Override
    public CompletableFuture<KernelHandle> launch(String id, LaunchOptions options, KernelSource source) {
        var kernelId = idOf(id);
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(source, "source");
        return engine.launch(new KernelPlan(kernelId, options, source));
    }

    /** Starts a graph: kernels that send to each other on the GPU. */
    public GraphBuilder graph() {
        return new GraphBuilder(plan -> engine.launch(plan, KernelGraph::new));
    }

    /** The id of a kernel; not the host's. */
    static KernelId idOf(String id) {
        var kernelId = KernelId.of(id);
        if (kernelId.equals(KernelId.HOST)) {
            throw new IllegalArgumentException("id is the host's: " + id);
        }
        return kernelId;
    }

    @Override
    public Optional<KernelHandle> kernel(String id) {
        return engine.kernel(KernelId.of(id));
    }

    @Override
    public List<KernelId> kernels() {
        return engine.kernels();
    }

    @Override
    public RuntimeMetrics metrics() {
        return engine.metrics()
                .withCommandBuffers(engine.commandBuffers(), engine.commandBuffersInFlight(), engine.gpuTime());
    }

    /** Records what happens from now on, until the recording is closed. */
    public TraceRecording startRecording() {
        var timeline = new Timeline(TraceRecording.MAX_EVENTS);
        return new TraceRecording(timeline, engine.tell(timeline));
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        return engine.shutdown();
    }

    @Override
    public String toString() {
        return "MetalRuntime[" + device.name() + ", " + engine.kernels().size() + " kernels]";
    }
}
