package io.ringkernel.metal.runtime.engine;

import static io.ringkernel.metal.runtime.engine.KernelBuffers.U32;
import static io.ringkernel.metal.runtime.engine.KernelBuffers.U64;

import io.ringkernel.metal.wire.MetalK2KRoutingTable;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/** The structs of k2k_round.metal, with its names. */
final class GraphLayouts {
    private static final int CACHE_LINE = 64;

    static final StructLayout MEMBER = MemoryLayout.structLayout(
                    MemoryLayout.sequenceLayout(MetalK2KRoutingTable.MAX_ROUTES, U64)
                            .withName("kernel_ids"),
                    MemoryLayout.sequenceLayout(MetalK2KRoutingTable.MAX_ROUTES, U32)
                            .withName("payload_capacities"),
                    U32.withName("inbox_bytes"),
                    U32.withName("sole_routes"),
                    MetalK2KRoutingTable.LAYOUT.withName("table"))
            .withName("K2KMember");

    static final StructLayout PROGRESS = MemoryLayout.structLayout(
                    U64.withName("number"),
                    U32.withName("count"),
                    U32.withName("handled"),
                    U32.withName("round"),
                    U32.withName("takes"),
                    U32.withName("replies_per_message"),
                    U32.withName("output_room"),
                    U32.withName("failure_room"),
                    U32.withName("output_count"),
                    U32.withName("failure_count"),
                    U32.withName("sent"),
                    MemoryLayout.sequenceLayout(16, ValueLayout.JAVA_BYTE).withName("reserved"))
            .withByteAlignment(CACHE_LINE)
            .withName("K2KProgress");

    static final StructLayout FAILURE = MemoryLayout.structLayout(
                    U64.withName("number"),
                    U32.withName("code"),
                    MemoryLayout.sequenceLayout(52, ValueLayout.JAVA_BYTE).withName("reserved"))
            .withByteAlignment(CACHE_LINE)
            .withName("K2KFailure");

    static final long KERNEL_IDS = offset(MEMBER, "kernel_ids");
    static final long PAYLOAD_CAPACITIES = offset(MEMBER, "payload_capacities");
    static final long INBOX_BYTES = offset(MEMBER, "inbox_bytes");
    static final long SOLE_ROUTES = offset(MEMBER, "sole_routes");
    static final long TABLE = offset(MEMBER, "table");

    static final long NUMBER = offset(PROGRESS, "number");
    static final long COUNT = offset(PROGRESS, "count");
    static final long HANDLED = offset(PROGRESS, "handled");
    static final long ROUND = offset(PROGRESS, "round");
    static final long TAKES = offset(PROGRESS, "takes");
    static final long REPLIES_PER_MESSAGE = offset(PROGRESS, "replies_per_message");
    static final long OUTPUT_ROOM = offset(PROGRESS, "output_room");
    static final long FAILURE_ROOM = offset(PROGRESS, "failure_room");
    static final long OUTPUT_COUNT = offset(PROGRESS, "output_count");
    static final long FAILURE_COUNT = offset(PROGRESS, "failure_count");
    static final long SENT = offset(PROGRESS, "sent");

    static final long FAILURE_NUMBER = offset(FAILURE, "number");
    static final long FAILURE_CODE = offset(FAILURE, "code");

    private GraphLayouts() {}

    private static long offset(StructLayout struct, String member) {
        return struct.byteOffset(PathElement.groupElement(member));
    }
}
