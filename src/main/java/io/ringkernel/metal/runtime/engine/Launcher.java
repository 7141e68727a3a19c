package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalFunctionConstants;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalPipelineCache;
import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.MslTemplates;
import io.ringkernel.metal.wire.KernelId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Compiles kernels and allocates their memory. */
final class Launcher implements AutoCloseable {
    private static final long LAUNCH_MASK = (1L << 63 - KernelBuffers.Start.OUTPUT_BITS) - 1;
    private static final AtomicLong LAUNCHES = new AtomicLong();

    private final MetalDevice device;
    private final MetalPipelineCache pipelines;
    private final Observer observer;
    private final long firstCount;

    /** A launcher whose kernels' queues count from {@code firstCount}. */
    Launcher(MetalDevice device, Observer observer, long firstCount) {
        this.device = device;
        this.observer = observer;
        this.firstCount = firstCount;
        pipelines = new MetalPipelineCache(device);
    }

    /** The memory of a kernel by itself. */
    KernelMemory memory(KernelPlan plan) {
        var source = plan.source();
        var pipeline = compile(plan.id(), source, source.msl(), source.function());
        checkSizes(pipeline, plan.options());
        return new BatchMemory(device, pipeline, plan.id(), plan.options(), start(firstCount));
    }

    private static KernelBuffers.Start start(long queueCount) {
        long launch = LAUNCHES.getAndIncrement() & LAUNCH_MASK;
        return new KernelBuffers.Start(queueCount, Long.MIN_VALUE | launch << KernelBuffers.Start.OUTPUT_BITS);
    }

    /**
     * The memory of a graph's kernels; all of it is given up if one of them cannot be launched.
     *
     * @param kernels in the order of the plan
     */
    GraphMemory memory(GraphPlan plan, List<KernelCore> kernels) {
        var compiled = new ArrayList<MetalPipeline>();
        for (int i = 0; i < kernels.size(); i++) {
            var source = plan.kernel(i).source();
            var pipeline = compile(kernels.get(i).id(), source, source.graphMsl(), "ring_kernel_direct");
            checkSizes(pipeline, kernels.get(i).options());
            compiled.add(pipeline);
        }
        var begin = pipelines.pipeline(
                MslTemplates.WIRE + "\n" + MslTemplates.K2K + "\n" + MslTemplates.K2K_ROUND,
                plan.kernel(0).source().compileOptions(),
                "k2k_begin_round",
                MetalFunctionConstants.none());
        var graph = new GraphMemory(new GraphRounds(device, begin, plan.shape()), new ArrayList<>());
        boolean isDone = false;
        try {
            for (int i = 0; i < kernels.size(); i++) {
                graph.members.add(member(graph.rounds, plan, kernels, i, compiled.get(i)));
            }
            isDone = true;
        } finally {
            if (!isDone) {
                graph.members.forEach(MemberMemory::close);
                graph.rounds.close();
            }
        }
        return graph;
    }

    /** What the members of a graph share, and what each has for itself. */
    record GraphMemory(GraphRounds rounds, List<MemberMemory> members) {}

    private MemberMemory member(
            GraphRounds rounds, GraphPlan plan, List<KernelCore> kernels, int index, MetalPipeline pipeline) {
        var ends = plan.destinations(index).stream()
                .map(end -> new GraphRoutes.End(kernels.get(end), end, plan.isSoleRoute(index, end)))
                .toList();
        var kernel = kernels.get(index);
        var shape = new KernelBuffers.Shape(plan.inboxCapacity(), rounds.slotBytes());
        var buffers = new KernelBuffers(device, pipeline, kernel.id(), kernel.options(), shape, start(0));
        boolean isDone = false;
        try {
            var routes = new GraphRoutes(index, ends, (int) plan.shape().inboxBytes());
            var member = new MemberMemory(rounds, routes, kernel.id(), kernel.options(), buffers);
            rounds.add(member);
            isDone = true;
            return member;
        } finally {
            if (!isDone) {
                buffers.close();
            }
        }
    }

    private MetalPipeline compile(KernelId id, KernelSource source, String text, String function) {
        var event = new FlightEvents.Compile();
        event.begin();
        long start = System.nanoTime();
        Throwable failure = null;
        try {
            return pipelines.pipeline(text, source.compileOptions(), function, MetalFunctionConstants.none());
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            observer.compiled(id, text.length(), start, event, failure);
        }
    }

    private void checkSizes(MetalPipeline pipeline, LaunchOptions options) {
        long threads = options.blockSize().count();
        if (threads > pipeline.maxTotalThreadsPerThreadgroup()) {
            throw new IllegalArgumentException("blockSize not in 1.." + pipeline.maxTotalThreadsPerThreadgroup()
                    + " threads for this kernel: " + threads);
        }
        long memory = options.threadgroupBytes() + pipeline.staticThreadgroupMemory();
        long most = device.limits().maxThreadgroupMemory();
        if (memory > most) {
            throw new IllegalArgumentException(
                    "threadgroupBytes and the kernel's own not in 0.." + most + ": " + memory);
        }
    }

    @Override
    public void close() {
        pipelines.close();
    }
}
