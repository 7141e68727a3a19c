package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.runtime.KernelHandle;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.runtime.RuntimeMetrics;
import io.ringkernel.metal.wire.KernelId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The machine below a runtime: launches kernels, keeps them, and ends them. Any number of threads. */
public final class Engine {
    private static final long LAUNCH_THREAD_LINGERS_SECONDS = 2;

    private final MetalDevice device;
    private final Runnable closing;
    private final Duration shutdownTimeout;
    private final Launcher launcher;
    private final RuntimeContext context;
    private final KernelMessaging messaging;
    private final Dispatcher dispatcher;
    private final ExecutorService launches;

    private final ConcurrentHashMap<Long, MetalKernel> kernels = new ConcurrentHashMap<>();
    private final Set<CompletableFuture<?>> launching = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> shutdown = new CompletableFuture<>();
    private RuntimeMetrics past = RuntimeMetrics.none();
    private boolean isClosing;

    /** Whether the shutdown waits for nothing any longer. */
    private boolean isGivenUp;

    /**
     * Starts.
     *
     * @param closing called at the end of the shutdown
     */
    public Engine(MetalDevice device, EngineSettings settings, Runnable closing) {
        this.device = device;
        this.closing = closing;
        shutdownTimeout = settings.shutdownTimeout;
        var executor = new Completions(settings.executor);
        // Platform threads: a compilation sends messages inside an autorelease pool, and blocks.
        launches = launchThreads();
        var observer = new Observer(settings.deadLetters, executor);
        launcher = new Launcher(device, observer, settings.firstCount);
        context = new RuntimeContext(executor, new Alarms(), settings.newClock(), settings.policy, observer);
        messaging = settings.k2k
                .<KernelMessaging>map(limits -> new BrokerMessaging(limits, context.clock(), executor, observer))
                .orElseGet(KernelMessaging.Off::new);
        dispatcher = new Dispatcher(this::newQueue, settings.policy, settings.batchTimeout, observer, executor);
        dispatcher.start();
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

    /** The host's clock. */
    public HlcClock clock() {
        return context.clock();
    }

    /**
     * The broker of messages between kernels.
     *
     * @throws IllegalStateException if there is none
     */
    public K2KBroker broker() {
        return messaging.broker();
    }

    /** Launches a kernel. */
    public CompletableFuture<KernelHandle> launch(KernelPlan plan) {
        var kernel = new MetalKernel(plan, context, messaging, new KernelJob(context, dispatcher), this::forget);
        return launch(List.of(kernel), () -> {
            kernel.use(launcher.memory(plan));
            return kernel;
        });
    }

    /**
     * Launches kernels that send to each other on the GPU.
     *
     * @param result makes of them what the caller wants
     * @throws IllegalStateException if there are routes, and no messages between kernels
     */
    public <T> CompletableFuture<T> launch(GraphPlan plan, Function<List<KernelHandle>, T> result) {
        if (plan.hasRoutes()) {
            messaging.checkRoutes();
        }
        var job = new GraphJob(context, dispatcher);
        var members = plan.members().stream()
                .map(member -> new MetalKernel(member.kernel(), context, messaging, job, this::forget))
                .toList();
        return launch(members, () -> {
            var memory = launcher.memory(
                    plan, members.stream().map(MetalKernel::core).toList());
            job.use(memory.rounds());
            for (int i = 0; i < members.size(); i++) {
                members.get(i).use(memory.members().get(i));
            }
            return result.apply(List.copyOf(members));
        });
    }

    /** Registers kernels, all or none, and prepares them on another thread. */
    private <T> CompletableFuture<T> launch(List<MetalKernel> added, Supplier<T> preparation) {
        var launched = new CompletableFuture<T>();
        synchronized (this) {
            if (isClosing) {
                return CompletableFuture.failedFuture(new RingKernelException.RuntimeClosed());
            }
            for (var kernel : added) {
                if (kernels.containsKey(kernel.id().number()) || !kernel.register()) {
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

    /** The kernel with the given id, from the start of its launch to its termination. */
    public Optional<KernelHandle> kernel(KernelId id) {
        return Optional.ofNullable(kernels.get(id.number()));
    }

    /** The ids of all kernels that are not terminated. */
    public List<KernelId> kernels() {
        return kernels.values().stream().map(MetalKernel::id).toList();
    }

    /** What the kernels have done so far. */
    public synchronized RuntimeMetrics metrics() {
        var sum = past;
        for (var kernel : kernels.values()) {
            sum = sum.plus(kernel.metrics());
        }
        return sum;
    }

    /** Command buffers committed since the start. */
    public long commandBuffers() {
        return dispatcher.commandBuffers();
    }

    /** Command buffers under way. */
    public int commandBuffersInFlight() {
        return dispatcher.inFlight();
    }

    /** How long the GPU worked. */
    public Duration gpuTime() {
        return dispatcher.gpuTime();
    }

    /** Tells a timeline what happens, until what this returns is run. */
    public Runnable tell(Timeline timeline) {
        context.observer().tell(timeline);
        return () -> context.observer().forget(timeline);
    }

    /** Terminates all kernels and gives up everything; may be asked for again. */
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
                .whenCompleteAsync((_, _) -> release(), Engine::onOwnThread);
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
        kernels.values().forEach(kernel -> kernel.fail(cause));
        prepared.complete(null);
        dispatcher.giveUpAll(cause);
    }

    private CompletableFuture<Void> terminateAll() {
        var ended = new ArrayList<CompletableFuture<Void>>();
        kernels.values().forEach(kernel -> ended.add(kernel.terminate()));
        return CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new));
    }

    private void release() {
        dispatcher.stop();
        messaging.close();
        context.alarms().close();
        launches.shutdown();
        launcher.close();
        closing.run();
        context.executor().execute(() -> shutdown.complete(null));
        context.executor().close();
    }
}
