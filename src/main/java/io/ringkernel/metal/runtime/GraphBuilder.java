package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalFunctionConstants;
import io.ringkernel.metal.MetalPipelineCache;
import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MetalK2KRoutingTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Collects the kernels and routes of a {@link KernelGraph}; not for use by several threads. */
public final class GraphBuilder {
    private static final int MAX_CAPACITY = 1 << 20;
    private static final int MAX_HOPS = 1024;

    /** Message ids of graphs have the two highest bits, the number of the kernel's launch, and a count. */
    private static final long MESSAGE_IDS = 3L << 62;

    private static final int COUNT_BITS = 40;
    private static final long LAUNCH_MASK = (1L << 62 - COUNT_BITS) - 1;
    private static final AtomicLong LAUNCHES = new AtomicLong();

    final MetalDevice device;
    HlcClock clock = HlcClock.of(KernelId.HOST.number());
    int hops = 16;
    int queueCapacity = 1 << 16;
    Consumer<MessageEnvelope> receiver = _ -> {};
    Consumer<KernelGraph.Failure> failures = _ -> {};

    private record Vertex(KernelSource source, LaunchOptions options, Set<KernelId> destinations) {}

    private final Map<KernelId, Vertex> vertices = new LinkedHashMap<>();
    private int inboxCapacity = 1024;
    private int hostCapacity = 4096;

    GraphBuilder(MetalDevice device) {
        this.device = device;
    }

    /** Adds a kernel with the default options. */
    public GraphBuilder kernel(String id, KernelSource source) {
        return kernel(id, source, LaunchOptions.defaults());
    }

    /**
     * Adds a kernel. Of the options count the payload's size, the replies for each message, state, and threadgroup
     * memory; it may send to the host, as to every kernel that {@link #route} names.
     *
     * @throws IllegalArgumentException if the id is the host's or taken, or the options ask for more than one thread or
     *     for {@link LaunchOptions.Handling#PARALLEL}: what makes the order of sends certain is one thread
     * @throws UnsupportedOperationException if it is a whole source, or is followed by work of the caller's
     */
    public GraphBuilder kernel(String id, KernelSource source, LaunchOptions options) {
        var kernel = KernelId.of(id);
        if (kernel.equals(KernelId.HOST) || vertices.containsKey(kernel)) {
            throw new IllegalArgumentException("kernel id is taken: '" + id + "'");
        }
        if (options.blockSize().count() != 1 || options.handling() != LaunchOptions.Handling.SEQUENTIAL) {
            throw new IllegalArgumentException("kernel '" + id + "' of a graph not SEQUENTIAL with one thread: "
                    + options.handling() + ", " + options.blockSize());
        }
        if (options.followedBy().isPresent()) {
            throw new UnsupportedOperationException(
                    "kernel '" + id + "' of a graph is followed by work of the caller's");
        }
        source.graphMsl();
        vertices.put(kernel, new Vertex(source, options, new LinkedHashSet<>()));
        return this;
    }

    /**
     * Lets one kernel send to another one, or to itself.
     *
     * @throws IllegalArgumentException if one of them was not added, or the first has 25 routes already
     */
    public GraphBuilder route(String from, String to) {
        var destinations = vertex(from).destinations;
        vertex(to);
        destinations.add(KernelId.of(to));
        if (destinations.size() >= MetalK2KRoutingTable.MAX_ROUTES) {
            destinations.remove(KernelId.of(to));
            throw new IllegalArgumentException("routes from '" + from + "' exceed " + destinations.size());
        }
        return this;
    }

    private Vertex vertex(String id) {
        var vertex = vertices.get(KernelId.of(id));
        if (vertex == null) {
            throw new IllegalArgumentException("no such kernel in the graph: " + id);
        }
        return vertex;
    }

    /**
     * How many messages an inbox holds: the most that a kernel handles in one round. 1,024 unless set.
     *
     * @throws IllegalArgumentException if it is not in 1..1048576
     */
    public GraphBuilder inboxCapacity(int messages) {
        inboxCapacity = inRange("inboxCapacity", messages, MAX_CAPACITY);
        return this;
    }

    /**
     * How many messages the host can get from one submission. 4,096 unless set.
     *
     * @throws IllegalArgumentException if it is not in 1..1048576
     */
    public GraphBuilder hostCapacity(int messages) {
        hostCapacity = inRange("hostCapacity", messages, MAX_CAPACITY);
        return this;
    }

    /**
     * How many messages of the host may wait for room in a kernel's inbox. 65,536 unless set.
     *
     * @throws IllegalArgumentException if it is not in 1..1048576
     */
    public GraphBuilder queueCapacity(int messages) {
        queueCapacity = inRange("queueCapacity", messages, MAX_CAPACITY);
        return this;
    }

    /**
     * The most rounds of one submission: where a cycle is cut, to go on in the next one. 16 unless set.
     *
     * @throws IllegalArgumentException if it is not in 1..1024
     */
    public GraphBuilder hops(int rounds) {
        hops = inRange("hops", rounds, MAX_HOPS);
        return this;
    }

    private static int inRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " not in 1.." + most + ": " + value);
        }
        return value;
    }

    /** Gets what kernels send to the host, in order. */
    public GraphBuilder receiver(Consumer<MessageEnvelope> hook) {
        receiver = Objects.requireNonNull(hook, "hook");
        return this;
    }

    /** Is told of each message that was not handled as it should be. */
    public GraphBuilder failures(Consumer<KernelGraph.Failure> hook) {
        failures = Objects.requireNonNull(hook, "hook");
        return this;
    }

    /** The host's clock; one of its own unless set. */
    public GraphBuilder clock(HlcClock hlcClock) {
        clock = Objects.requireNonNull(hlcClock, "hlcClock");
        return this;
    }

    /**
     * Compiles the kernels and allocates their memory.
     *
     * @throws IllegalArgumentException if there is no kernel, or the inboxes take 2<sup>32</sup> bytes or more
     * @throws io.ringkernel.metal.CompilationFailedException if a handler is not valid
     * @throws io.ringkernel.metal.OutOfMemoryException if the device cannot hold the inboxes
     */
    public KernelGraph build() {
        if (vertices.isEmpty()) {
            throw new IllegalArgumentException("the graph has no kernel");
        }
        return new KernelGraph(this);
    }

    Map<KernelId, Integer> indices() {
        var indices = new HashMap<KernelId, Integer>();
        vertices.keySet().forEach(id -> indices.put(id, indices.size()));
        return indices;
    }

    GraphInboxes inboxes() {
        int payload = vertices.values().stream()
                .mapToInt(vertex -> vertex.options.maxPayloadBytes())
                .max()
                .orElseThrow();
        return new GraphInboxes(device, vertices.size(), inboxCapacity, hostCapacity, payload);
    }

    /** Makes the members, in the order of their indices, and leaves those that were made in the list if one fails. */
    void members(MetalPipelineCache pipelines, GraphInboxes inboxes, List<GraphMember> members) {
        var indices = indices();
        vertices.forEach((id, vertex) -> {
            var pipeline = pipelines.pipeline(
                    vertex.source.graphMsl(),
                    vertex.source.compileOptions(),
                    "ring_kernel_direct",
                    MetalFunctionConstants.none());
            var destinations = new ArrayList<GraphMember.Destination>();
            vertex.destinations.forEach(to -> destinations.add(new GraphMember.Destination(to, indices.get(to))));
            destinations.add(new GraphMember.Destination(KernelId.HOST, inboxes.host()));
            var plan = new GraphMember.Plan(id, indices.get(id), vertex.options, pipeline, destinations);
            long launch = LAUNCHES.getAndIncrement() & LAUNCH_MASK;
            members.add(new GraphMember(device, plan, inboxes, MESSAGE_IDS | launch << COUNT_BITS));
        });
    }
}
