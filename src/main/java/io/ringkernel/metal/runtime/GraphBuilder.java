package io.ringkernel.metal.runtime;

import io.ringkernel.metal.runtime.engine.GraphPlan;
import io.ringkernel.metal.runtime.engine.KernelPlan;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MetalK2KRoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Collects the kernels and routes of a {@link KernelGraph}; not for use by several threads. */
public final class GraphBuilder {
    private static final int MAX_CAPACITY = 1 << 20;
    private static final int MAX_HOPS = 1024;

    private final Function<GraphPlan, CompletableFuture<KernelGraph>> launcher;
    private final List<GraphPlan.Member> members = new ArrayList<>();
    private int hops = 16;
    private int inboxCapacity = 1024;

    GraphBuilder(Function<GraphPlan, CompletableFuture<KernelGraph>> launcher) {
        this.launcher = launcher;
    }

    /**
     * Adds a kernel.
     *
     * @param options all of them count. The input capacity is that of the host's queue; what kernels send on the GPU
     *     waits in the kernel's {@linkplain #inboxCapacity inbox}
     * @throws IllegalArgumentException if {@code id} is blank, the host's, or that of another kernel of the graph
     * @throws UnsupportedOperationException if it is a whole source, or is {@linkplain LaunchOptions#followedBy()
     *     followed by} work of the caller's
     */
    public GraphBuilder kernel(String id, LaunchOptions options, KernelSource source) {
        var kernel = MetalRuntime.idOf(id);
        Objects.requireNonNull(options, "options");
        if (members.stream().anyMatch(member -> member.kernel().id().equals(kernel))) {
            throw new IllegalArgumentException("kernel id is taken: '" + id + "'");
        }
        if (options.followedBy().isPresent()) {
            throw new UnsupportedOperationException(
                    "kernel '" + id + "' of a graph is followed by work of the caller's");
        }
        source.graphMsl();
        members.add(new GraphPlan.Member(new KernelPlan(kernel, options, source), new ArrayList<>()));
        return this;
    }

    /**
     * Lets one kernel send to another one, or to itself, on the GPU. A route that exists already stays as it is.
     *
     * @throws IllegalArgumentException if one of them was not added, takes no part in messages between kernels, or the
     *     first has 26 routes already
     */
    public GraphBuilder route(String from, String to) {
        var destinations = members.get(indexOf(from)).destinations();
        int destination = indexOf(to);
        if (destinations.contains(destination)) {
            return this;
        }
        if (destinations.size() == MetalK2KRoutingTable.MAX_ROUTES) {
            throw new IllegalArgumentException("routes from '" + from + "' exceed " + destinations.size());
        }
        destinations.add(destination);
        return this;
    }

    /**
     * Adds the routes of tables, such as those of a {@link MetalK2KRoutingTable.Grid grid}: table i has the routes from
     * kernel i of the list. Their ids of destinations are places in the list; inboxes lie where the graph puts them.
     *
     * @throws IllegalArgumentException if there are more or fewer tables than kernels, or as {@link #route} does
     * @throws IndexOutOfBoundsException if a route leads beyond the list
     */
    public GraphBuilder routes(List<String> kernels, List<MetalK2KRoutingTable> tables) {
        if (tables.size() != kernels.size()) {
            throw new IllegalArgumentException("tables not " + kernels.size() + ": " + tables.size());
        }
        for (int i = 0; i < kernels.size(); i++) {
            for (var entry : tables.get(i).routes()) {
                if (entry.isActive()) {
                    route(kernels.get(i), kernels.get(entry.destThreadgroup()));
                }
            }
        }
        return this;
    }

    private int indexOf(String id) {
        var kernel = KernelId.of(id);
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).kernel().id().equals(kernel)) {
                if (!members.get(i).kernel().options().usesK2K()) {
                    throw new IllegalArgumentException("kernel takes no part in messages between kernels: " + id);
                }
                return i;
            }
        }
        throw new IllegalArgumentException("no such kernel in the graph: " + id);
    }

    /**
     * How many messages a kernel's inbox holds: those of the round that the kernel handles, and those that arrive
     * meanwhile. One more fails the message that its sender handles. 1,024 unless set.
     *
     * @throws IllegalArgumentException if it is not a power of two in 1..1048576
     */
    public GraphBuilder inboxCapacity(int messages) {
        if (messages < 1 || messages > MAX_CAPACITY || Integer.bitCount(messages) != 1) {
            throw new IllegalArgumentException(
                    "inboxCapacity not a power of two in 1.." + MAX_CAPACITY + ": " + messages);
        }
        inboxCapacity = messages;
        return this;
    }

    /**
     * The most rounds of one submission: where a cycle is cut, to go on in the next one. 16 unless set.
     *
     * @throws IllegalArgumentException if it is not in 1..1024
     */
    public GraphBuilder hops(int rounds) {
        if (rounds < 1 || rounds > MAX_HOPS) {
            throw new IllegalArgumentException("hops not in 1.." + MAX_HOPS + ": " + rounds);
        }
        hops = rounds;
        return this;
    }

    /**
     * Launches the kernels, all or none.
     *
     * <p>Fails as {@link MetalRuntime#launch} does.
     *
     * @throws IllegalArgumentException if there is no kernel, or the inboxes take 2<sup>32</sup> bytes or more
     * @throws IllegalStateException if there are routes, and the runtime keeps its kernels from sending to each other
     */
    public CompletableFuture<KernelGraph> launch() {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("the graph has no kernel");
        }
        var frozen = members.stream()
                .map(member -> new GraphPlan.Member(member.kernel(), List.copyOf(member.destinations())))
                .toList();
        return launcher.apply(new GraphPlan(frozen, inboxCapacity, hops));
    }
}
