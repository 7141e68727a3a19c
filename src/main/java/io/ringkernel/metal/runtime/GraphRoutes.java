package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.KernelBuffers.U32;
import static io.ringkernel.metal.runtime.KernelBuffers.U64;

import io.ringkernel.metal.wire.MetalK2KRouteEntry;
import io.ringkernel.metal.wire.MetalK2KRoutingTable;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The routes from one member of a graph, as its entry function reads them ({@code K2KMember} of k2k_round.metal). A
 * route is open in a submission if the kernel at its end accepted messages when the submission was made.
 */
final class GraphRoutes {
    private static final long IS_ACTIVE = GraphLayouts.TABLE
            + MetalK2KRoutingTable.LAYOUT.byteOffset(
                    PathElement.groupElement("routes"),
                    PathElement.sequenceElement(0),
                    PathElement.groupElement("is_active"));

    private final int self;
    private final List<End> ends;
    private final MemorySegment bytes =
            MemorySegment.ofArray(new long[(int) GraphLayouts.MEMBER.byteSize() / Long.BYTES]);
    private final Map<Long, RingKernelException> refusals = new HashMap<>();

    /** Where a route ends: a kernel, and its index in the graph. */
    record End(MetalKernel kernel, int index) {}

    GraphRoutes(int self, List<End> ends, int inboxBytes) {
        this.self = self;
        this.ends = List.copyOf(ends);
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
        MetalK2KRoutingTable.graph(self, inboxBytes, successors()).writeTo(bytes.asSlice(GraphLayouts.TABLE));
    }

    int self() {
        return self;
    }

    /** The indices of the kernels that routes lead to. */
    List<Integer> successors() {
        return ends.stream().map(End::index).toList();
    }

    /** Before a submission: opens and closes routes. */
    void refresh() {
        refusals.clear();
        for (int i = 0; i < ends.size(); i++) {
            var kernel = ends.get(i).kernel;
            var state = kernel.lifecycle().state();
            bytes.set(U32, IS_ACTIVE + (long) i * MetalK2KRouteEntry.BYTE_SIZE, state == KernelState.ACTIVE ? 1 : 0);
            if (state != KernelState.ACTIVE && state != KernelState.TERMINATED) {
                refusals.put(kernel.id().number(), kernel.lifecycle().refusal(state));
            }
        }
    }

    /**
     * Why the kernel with a number did not accept messages in this submission; null if it did, or no route leads there.
     * A kernel that has ended has no routes any more: the host looks for another one with its number.
     */
    RingKernelException refusal(long kernel) {
        return refusals.get(kernel);
    }

    MemorySegment bytes() {
        return bytes;
    }
}
