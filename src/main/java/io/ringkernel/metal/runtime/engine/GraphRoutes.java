package io.ringkernel.metal.runtime.engine;

import static io.ringkernel.metal.runtime.engine.KernelBuffers.U32;
import static io.ringkernel.metal.runtime.engine.KernelBuffers.U64;

import io.ringkernel.metal.runtime.KernelState;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.MetalK2KRouteEntry;
import io.ringkernel.metal.wire.MetalK2KRoutingTable;
import java.lang.foreign.MemoryLayout.PathElement;
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
    private static final long IS_ACTIVE = GraphLayouts.TABLE
            + MetalK2KRoutingTable.LAYOUT.byteOffset(
                    PathElement.groupElement("routes"),
                    PathElement.sequenceElement(0),
                    PathElement.groupElement("is_active"));

    private final int self;
    private final List<End> ends;
    private final List<Integer> successors;
    private final MemorySegment bytes =
            MemorySegment.ofArray(new long[(int) GraphLayouts.MEMBER.byteSize() / Long.BYTES]);
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
        for (int i = 0; i < ends.size(); i++) {
            var kernel = ends.get(i).kernel;
            bytes.set(
                    U64,
                    GraphLayouts.KERNEL_IDS + (long) i * Long.BYTES,
                    kernel.id().number());
            bytes.set(
                    U32,
                    GraphLayouts.PAYLOAD_CAPACITIES + (long) i * Integer.BYTES,
                    kernel.options().maxPayloadBytes());
        }
        bytes.set(U32, GraphLayouts.INBOX_BYTES, inboxBytes);
        bytes.set(U32, GraphLayouts.SOLE_ROUTES, soleRoutes());
        MetalK2KRoutingTable.graph(self, inboxBytes, successors).writeTo(bytes.asSlice(GraphLayouts.TABLE));
    }

    private int soleRoutes() {
        int bits = 0;
        for (int i = 0; i < ends.size(); i++) {
            bits |= ends.get(i).isSole ? 1 << i : 0;
        }
        return bits;
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
            bytes.set(U32, IS_ACTIVE + (long) i * MetalK2KRouteEntry.BYTE_SIZE, isOpen ? 1 : 0);
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
        return bytes;
    }
}
