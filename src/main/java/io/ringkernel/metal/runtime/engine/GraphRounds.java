package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.wire.K2KProgress;
import io.ringkernel.metal.wire.K2KRound;
import io.ringkernel.metal.wire.MetalK2KInboxHeader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What the members of a graph share: the buffer of all inboxes, that of their progress, and the rounds of a submission.
 *
 * <pre>
 *   begin | kernels with messages | begin | kernels that they send to | begin | … | begin (last)
 * </pre>
 *
 * <p>A barrier stands between any two of these; kernels of one round run side by side.
 */
final class GraphRounds implements AutoCloseable {
    private static final long MOST_BYTES = 0xffff_ffffL;
    private static final int ROUND_BITS = 32;

    private final Shape shape;
    private final MetalPipeline begin;
    private final MetalBuffer inboxes;
    private final MetalBuffer progress;
    private final List<MemberMemory> members = new ArrayList<>();
    private int left;
    private int encoded;

    /**
     * A graph's measures.
     *
     * @param members kernels
     * @param inboxCapacity messages that an inbox holds, a power of two
     * @param hops the most rounds of a submission
     * @param maxPayloadBytes the largest payload of all kernels
     */
    record Shape(int members, int inboxCapacity, int hops, int maxPayloadBytes) {
        long slotBytes() {
            return KernelBuffers.slotBytes(maxPayloadBytes);
        }

        long inboxBytes() {
            return MetalK2KInboxHeader.BYTE_SIZE + inboxCapacity * slotBytes();
        }

        /** Refuses inboxes that routes cannot reach. */
        void check() {
            if (inboxBytes() > Integer.MAX_VALUE || members * inboxBytes() > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "inboxes of the graph not in 0.." + MOST_BYTES + " bytes: " + members * inboxBytes());
            }
        }
    }

    /** Allocates the inboxes, empty. */
    GraphRounds(MetalDevice device, MetalPipeline begin, Shape shape) {
        this.shape = shape;
        this.begin = begin;
        inboxes = device.newBuffer(shape.members * shape.inboxBytes());
        inboxes.setLabel("graph inboxes");
        MetalBuffer second = null;
        try {
            second = device.newBuffer((long) shape.members * K2KProgress.BYTE_SIZE);
        } finally {
            if (second == null) {
                inboxes.close();
            }
        }
        progress = second;
        progress.setLabel("graph progress");
        for (int i = 0; i < shape.members; i++) {
            inbox(i).header().initialize(shape.inboxCapacity);
        }
    }

    /** Takes a member in, in the order of their indices. */
    void add(MemberMemory member) {
        members.add(member);
        left++;
    }

    MetalBuffer inboxes() {
        return inboxes;
    }

    MetalBuffer progress() {
        return progress;
    }

    long slotBytes() {
        return shape.slotBytes();
    }

    MemberMemory.Inbox inbox(int member) {
        var all = inboxes.contents().asSlice(member * shape.inboxBytes(), shape.inboxBytes());
        var slots = KernelBuffers.slots(all.asSlice(MetalK2KInboxHeader.BYTE_SIZE), shape.slotBytes());
        return new MemberMemory.Inbox(MetalK2KInboxHeader.of(all), slots);
    }

    K2KProgress progress(int member) {
        return K2KProgress.of(progress.contents().asSlice((long) member * K2KProgress.BYTE_SIZE));
    }

    long bytesOfMember() {
        return shape.inboxBytes() + K2KProgress.BYTE_SIZE;
    }

    /** How far the last submission's timestamps go beyond the host's clock: each round has 2^32 of its own. */
    long span() {
        return (long) (encoded + 1) << ROUND_BITS;
    }

    /** Encodes round after round, until no kernel can have messages or a cycle is to be cut. */
    void encode(MetalComputeEncoder encoder) {
        var ready = new BitSet();
        for (int i = 0; i < members.size(); i++) {
            ready.set(i, members.get(i).isReady());
            members.get(i).routes().refresh(index -> members.get(index).takes());
        }
        encoded = 0;
        while (!ready.isEmpty() && encoded < shape.hops) {
            beginRound(encoder, false);
            var next = new BitSet();
            for (int i = ready.nextSetBit(0); i >= 0; i = ready.nextSetBit(i + 1)) {
                var member = members.get(i);
                member.encode(encoder);
                for (int successor : member.routes().successors()) {
                    next.set(successor, members.get(successor).takes());
                }
            }
            encoder.memoryBarrier();
            ready = next;
            encoded++;
        }
        beginRound(encoder, true);
    }

    private void beginRound(MetalComputeEncoder encoder, boolean isLast) {
        encoder.setPipeline(begin);
        encoder.setBuffers(0, progress, inboxes);
        encoder.setBytes(2, new K2KRound(shape.members, (int) shape.inboxBytes(), isLast).toBytes());
        encoder.dispatchThreads(MetalSize.of(shape.members), MetalSize.of(1));
        encoder.memoryBarrier();
    }

    /** A member's memory was closed; the last one's is the end of the shared memory. */
    void leave() {
        if (--left == 0) {
            close();
        }
    }

    @Override
    public void close() {
        inboxes.close();
        progress.close();
    }
}
