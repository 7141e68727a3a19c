package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.wire.KernelId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    private static final long LAUNCH_THREAD_LINGERS_SECONDS = 2;

    private final MetalDevice device;
    private final boolean ownsDevice;
    private final Duration shutdownTimeout;
    private final Launcher launcher;
    private final RuntimeContext context;
    private final ExecutorService launches;

    private final ConcurrentHashMap<Long, MetalKernel> kernels = new ConcurrentHashMap<>();
    private final Set<CompletableFuture<?>> launching = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> shutdown = new CompletableFuture<>();
    private RuntimeMetrics past = RuntimeMetrics.none();
    private boolean isClosing;

    /** Whether the shutdown waits for nothing any longer. */
    private boolean isGivenUp;

    private MetalRuntime(Builder builder, MetalDevice device, boolean ownsDevice) {
        this.device = device;
        this.ownsDevice = ownsDevice;
        shutdownTimeout = builder.shutdownTimeout;
        var executor = new Completions(builder.executor);
        // Platform threads: a compilation sends messages inside an autorelease pool, and blocks.
        launches = launchThreads();
        var observer = new Observer(builder.deadLetters, executor);
        var clock = builder.clock == null ? HlcClock.of(KernelId.HOST.number()) : builder.clock;
        launcher = new Launcher(device, observer, builder.firstCount);
        context = new RuntimeContext(
                executor,
                new Alarms(),
                clock,
                builder.policy,
                observer,
                new Dispatcher(this::newQueue, builder.policy, builder.batchTimeout, observer, executor),
                builder.k2k == null ? null : new KernelMessaging(builder.k2k, clock, executor, observer, kernels::get),
                this::forget);
        context.dispatcher().start();
    }

    /** As many threads as processors: more would not compile faster. Idle ones end. */
    private static ExecutorService launchThreads() {
        int most = Math.max(2, Runtime.getRuntime().availableProcessors());
        var threads = new ThreadPoolExecutor(
                most,
                most,
                LAUNCH_THREAD_LINGERS_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("ringkernel-launch-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private MetalCommandQueue newQueue() {
        var queue = device.newCommandQueue();
        queue.setLabel("ring kernels");
        return queue;
    }

    /**
     * Starts a runtime on the system's default device.
     *
     * @throws io.ringkernel.metal.BackendUnavailableException at once, not through the future, if there is no Metal
     *     device; the message says why and what to do
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

        private MetalDevice device;
        private boolean isSoftware;
        private K2KConfig k2k = K2KConfig.defaults();
        private DispatchPolicy policy = DispatchPolicy.defaults();
        private Executor executor;
        private HlcClock clock;
        private Consumer<DeadLetter> deadLetters = Observer.NO_HOOK;
        private Duration batchTimeout = Duration.ofMinutes(1);
        private Duration shutdownTimeout = Duration.ofMinutes(3);
        private long firstCount;

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
            k2k = null;
            return this;
        }

        /**
         * The limits of {@link MetalRuntime#k2k()}; {@link K2KConfig#defaults()} unless set. A message for a kernel
         * whose queue is full waits at its endpoint. When that is full too, the sending kernel handles no further
         * messages until there is room. What waited for the delivery timeout becomes a dead letter.
         */
        public Builder k2k(K2KConfig limits) {
            k2k = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** When waiting messages become a dispatch. */
        public Builder dispatchPolicy(DispatchPolicy dispatchPolicy) {
            policy = Objects.requireNonNull(dispatchPolicy, "dispatchPolicy");
            return this;
        }

        /**
         * Where futures complete and hooks are called; threads of the library's own unless set, none of which others
         * need meanwhile. It stays the caller's. An executor that runs tasks on the calling thread lets user code hold
         * up the runtime.
         */
        public Builder executor(Executor completions) {
            executor = Objects.requireNonNull(completions, "completions");
            return this;
        }

        /** The host's clock. */
        public Builder clock(HlcClock hlcClock) {
            clock = Objects.requireNonNull(hlcClock, "hlcClock");
            return this;
        }

        /** Is told of every message that was accepted and will not be handled, or made and will not be received. */
        public Builder deadLetters(Consumer<DeadLetter> hook) {
            deadLetters = Objects.requireNonNull(hook, "hook");
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
            batchTimeout = inRange("batchTimeout", time);
            return this;
        }

        /**
         * How long {@link MetalRuntime#shutdown()} may take. What has not ended by then is not waited for: kernels in
         * flight fail, and are terminated. Three minutes unless set.
         *
         * @throws IllegalArgumentException if it is not in 1 ms..1 day
         */
        public Builder shutdownTimeout(Duration time) {
            shutdownTimeout = inRange("shutdownTimeout", time);
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
            firstCount = count;
            return this;
        }

        /**
         * Starts the runtime.
         *
         * @throws io.ringkernel.metal.BackendUnavailableException at once, not through the future, if there is no such
         *     device; the message says why and what to do
         * @throws IllegalArgumentException if both a device and the software device were chosen
         */
        public CompletableFuture<MetalRuntime> start() {
            if (device != null && isSoftware) {
                throw new IllegalArgumentException("both a device and the software device were chosen: " + device);
            }
            if (device != null) {
                return CompletableFuture.completedFuture(new MetalRuntime(this, device, false));
            }
            var own = isSoftware ? MetalDevice.software() : MetalDevice.systemDefault();
            return CompletableFuture.completedFuture(new MetalRuntime(this, own, true));
        }
    }

    /** The device that the kernels run on. */
    public MetalDevice device() {
        return device;
    }

    /** The host's clock, from which messages get their timestamps. */
    public HlcClock clock() {
        return context.clock();
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
        if (context.k2k() == null) {
            throw new IllegalStateException("K2K was turned off");
        }
        return context.k2k().broker();
    }

    @Override
    public CompletableFuture<KernelHandle> launch(String id, LaunchOptions options, KernelSource source) {
        var kernelId = idOf(id);
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(source, "source");
        var rider = new Rider(context);
        var kernel = new MetalKernel(kernelId, options, source.messageTypes(), context, rider);
        return launch(List.of(kernel), () -> {
            kernel.use(launcher.memory(kernelId, options, source));
            return kernel;
        });
    }

    /** Starts a graph: kernels that send to each other on the GPU. */
    public GraphBuilder graph() {
        return new GraphBuilder(this::launch);
    }

    private CompletableFuture<KernelGraph> launch(GraphBuilder plan) {
        if (plan.hasRoutes() && context.k2k() == null) {
            throw new IllegalStateException("routes of a graph in a runtime without K2K");
        }
        var rider = new Rider(context);
        var members = plan.kernels(context, rider);
        return launch(members, () -> {
            var memory = launcher.memory(plan, members);
            rider.use(memory.rounds());
            for (int i = 0; i < members.size(); i++) {
                members.get(i).use(memory.members().get(i));
            }
            return new KernelGraph(members);
        });
    }

    /** The id of a kernel; not the host's. */
    static KernelId idOf(String id) {
        var kernelId = KernelId.of(id);
        if (kernelId.equals(KernelId.HOST)) {
            throw new IllegalArgumentException("id is the host's: " + id);
        }
        return kernelId;
    }

    /** Registers kernels, all or none, and prepares them on another thread. */
    private <T> CompletableFuture<T> launch(List<MetalKernel> added, Supplier<T> preparation) {
        var launched = new CompletableFuture<T>();
        synchronized (this) {
            if (isClosing) {
                return CompletableFuture.failedFuture(new RingKernelException.RuntimeClosed());
            }
            for (var kernel : added) {
                if (kernels.containsKey(kernel.id().number()) || !isRegistered(kernel)) {
                    added.forEach(MetalKernel::unregister);
                    return CompletableFuture.failedFuture(new RingKernelException.KernelIdTaken(kernel.id()));
                }
            }
            added.forEach(kernel -> kernels.put(kernel.id().number(), kernel));
            launching.add(launched);
        }
        launches.execute(() -> prepare(added, preparation, launched));
        return launched;
    }

    /** Registers a kernel, if there is K2K; false if an endpoint of the host's has its id. */
    private boolean isRegistered(MetalKernel kernel) {
        try {
            if (context.k2k() != null) {
                context.k2k().register(kernel);
            }
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private <T> void prepare(List<MetalKernel> added, Supplier<T> preparation, CompletableFuture<T> launched) {
        try {
            var result = preparation.get();
            launched(added);
            context.executor().execute(() -> {
                if (!launched.complete(result)) { // given up meanwhile: nobody has a handle
                    added.forEach(MetalKernel::terminate);
                }
            });
        } catch (RuntimeException | Error e) {
            added.forEach(kernel -> kernel.notLaunched(e));
            context.executor().execute(() -> launched.completeExceptionally(e));
        } finally {
            launching.remove(launched);
        }
    }

    private synchronized void launched(List<MetalKernel> added) {
        if (isGivenUp) {
            added.forEach(MetalKernel::discard);
            throw new RingKernelException.RuntimeClosed();
        }
        added.forEach(MetalKernel::launched);
    }

    private synchronized void forget(MetalKernel kernel) {
        if (kernels.remove(kernel.id().number(), kernel)) {
            past = past.plus(kernel.metrics());
        }
    }

    @Override
    public Optional<KernelHandle> kernel(String id) {
        return Optional.ofNullable(kernels.get(KernelId.of(id).number()));
    }

    @Override
    public List<KernelId> kernels() {
        return kernels.values().stream().map(MetalKernel::id).toList();
    }

    @Override
    public synchronized RuntimeMetrics metrics() {
        var sum = past;
        for (var kernel : kernels.values()) {
            sum = sum.plus(kernel.metrics());
        }
        var dispatcher = context.dispatcher();
        return sum.withCommandBuffers(dispatcher.commandBuffers(), dispatcher.inFlight(), dispatcher.gpuTime());
    }

    /** Records what happens from now on, until the recording is closed. */
    public TraceRecording startRecording() {
        return context.observer().startRecording();
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        synchronized (this) {
            if (isClosing) {
                return shutdown.copy();
            }
            isClosing = true;
        }
        var prepared = CompletableFuture.allOf(launching.toArray(CompletableFuture[]::new));
        context.alarms().set(shutdownTimeout, () -> onOwnThread(() -> giveUp(prepared)));
        prepared.handle((_, _) -> terminateAll())
                .thenCompose(done -> done)
                .whenCompleteAsync((_, _) -> release(), MetalRuntime::onOwnThread);
        return shutdown.copy();
    }

    /** Whatever threads there are may be busy with what does not end. */
    private static void onOwnThread(Runnable task) {
        Thread.ofPlatform().daemon().name("ringkernel-shutdown").start(task);
    }

    /**
     * The time for the shutdown is over: nothing that is under way is waited for, and no kernel needs the GPU to end.
     */
    private void giveUp(CompletableFuture<Void> prepared) {
        var cause = new RingKernelException.RuntimeClosed();
        synchronized (this) {
            isGivenUp = true;
        }
        kernels.values().forEach(kernel -> kernel.lifecycle().fail(cause));
        prepared.complete(null);
        context.dispatcher().giveUpAll(cause);
    }

    private CompletableFuture<Void> terminateAll() {
        var ended = new ArrayList<CompletableFuture<Void>>();
        kernels.values().forEach(kernel -> ended.add(kernel.terminate()));
        return CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new));
    }

    private void release() {
        context.dispatcher().stop();
        if (context.k2k() != null) {
            context.k2k().close();
        }
        context.alarms().close();
        launches.shutdown();
        launcher.close();
        if (ownsDevice) {
            device.close();
        }
        context.executor().execute(() -> shutdown.complete(null));
        context.executor().close();
    }

    @Override
    public String toString() {
        return "MetalRuntime[" + device.name() + ", " + kernels.size() + " kernels]";
    }
}
