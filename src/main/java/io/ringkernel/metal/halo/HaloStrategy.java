package io.ringkernel.metal.halo;

/** How ghost cells get their values. Both give the same bits. */
public enum HaloStrategy {
    /**
     * One dispatch fills every ghost cell of every tile straight from its source cell. The fastest; a kernel must be
     * able to see all tiles.
     */
    DIRECT,
    /**
     * Each tile's cells travel through kernel-to-kernel inboxes as {@link io.ringkernel.metal.wire.MetalHaloMessage}s:
     * one dispatch packs, a later one unpacks. No kernel touches another tile's memory.
     */
    MAILBOX
}
