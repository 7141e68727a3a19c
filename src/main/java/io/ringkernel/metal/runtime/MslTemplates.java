package io.ringkernel.metal.runtime;

import io.ringkernel.metal.wire.MslText;

/**
 * The MSL that surrounds handlers, to be printed, read and extended.
 *
 * <p>A kernel's complete source is {@link #WIRE}, the definitions of the records it was given, {@link #RING_KERNEL},
 * and the handler; {@link KernelSource#msl()} shows it. A whole source of one's own starts from {@link #RING_KERNEL}
 * too: its entry function takes the same arguments.
 */
public final class MslTemplates {
    /**
     * The structs that host and GPU share: control block, message header, timestamps. Includes the standard library.
     */
    public static final String WIRE = MslText.of("wire.metal");

    /**
     * The base ring kernel, to follow {@link #WIRE}: {@code RingContext}, the functions that handlers call, and the
     * entry function {@code ring_kernel}. It declares {@code void handle(thread RingContext& ring)} and leaves it to be
     * defined.
     */
    public static final String RING_KERNEL = MslText.of("ring_kernel.metal");

    /** Inboxes in memory that kernels share, to follow {@link #WIRE}. */
    public static final String K2K = MslText.of("k2k.metal");

    /** The rounds of a {@link KernelGraph}, to follow {@link #K2K}: the entry function {@code k2k_begin_round}. */
    public static final String K2K_ROUND = MslText.of("k2k_round.metal");

    /**
     * What lets kernels of a {@link KernelGraph} send straight into each other's inboxes, to follow {@link #K2K_ROUND},
     * the definition of {@code K2K_DIRECT}, and {@link #RING_KERNEL}: the entry function {@code ring_kernel_direct}.
     */
    public static final String K2K_RING = MslText.of("k2k_ring.metal");

    /** The copies of a {@code MetalHaloExchange}, to follow {@link #K2K}. */
    public static final String HALO_EXCHANGE = MslText.of("halo_exchange.metal");

    /** The handler of a kernel that was launched without a source: answers every message with its own payload. */
    public static final String ECHO_HANDLER = MslText.of("echo.metal");

    private MslTemplates() {}
}
