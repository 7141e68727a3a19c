package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.KernelState;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.K2KMember;
import io.ringkernel.metal.wire.MetalK2KRoutingTable;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The routes from one member of a graph, as its entry function reads them ({@code K2KMember} of k2k_round.metal). A
 * route is open in a submission if the kernel at its end was active when the submission was made.
 */
final class GraphRoutes {
    private final int self;
    private final List<End> ends;
    private final List<Integer> successors;
    private final K2KMember member;
    private final Map<Long, RingKernelException> refusals = new HashMap<>();

    /**
     * Where a route ends.
     *
     * @param index of the kernel in the graph
     * @param isSole whether one thread sends there, and no other thread or kernel does
     */
    record End(KernelCore kernel, int index, boolean isSole) {}

    GraphRoutes(int self, List<End> ends, int inboxBytes) {
        this.self = self;
        this.ends = List.copyOf(ends);
        successors = ends.stream().map(End::index).toList();
        member = new K2KMember(MetalK2KRoutingTable.graph(self, inboxBytes, successors), inboxBytes);
        for (int i = 0; i < ends.size(); i++) {
            var kernel = ends.get(i).kernel;
            member.route(i, kernel.id().number(), kernel.options().maxPayloadBytes(), ends.get(i).isSole);
        }
    }

    int self() {
        return self;
    }

    /** The indices of the kernels that routes lead to. */
    List<Integer> successors() {
        return successors;
    }

    /**
     * Opens and closes routes, when it is certain who takesPart.
     *
     * @param takes whether the kernel with an index handles messages in this submission
     */
    void refresh(IntPredicate takes) {
        refusals.clear();
        for (int i = 0; i < ends.size(); i++) {
            var kernel = ends.get(i).kernel;
            var state = kernel.lifecycle().state();
            boolean isOpen = takes.test(ends.get(i).index) || state == KernelState.ACTIVE;
            member.open(i, isOpen);
            if (!isOpen && state != KernelState.TERMINATED) {
                refusals.put(kernel.id().number(), kernel.lifecycle().refusal(state));
            }
        }
    }

    /**
     * Why the route to the kernel with a number is closed in this submission; null if it is open, or no route leads
     * there. A kernel that has ended has no routes any more: the host looks for another one with its number.
     */
    RingKernelException refusal(long kernel) {
        return refusals.get(kernel);
    }

    MemorySegment bytes() {
        return member.bytes();
    }
}
