package io.ringkernel.metal.halo;

import io.ringkernel.metal.wire.MetalHaloMessage;
import io.ringkernel.metal.wire.MetalK2KInboxHeader;
import java.util.List;

/**
 * The inboxes of the tiles, one behind the other.
 *
 * @param routeCount messages of one exchange
 * @param slots messages that an inbox holds: the most that one tile gets in an exchange
 * @param slotByteSize bytes from one message to the next
 */
record MailboxShape(int routeCount, int slots, long slotByteSize) {
    private static final long MESSAGE_ALIGNMENT = 64;

    static MailboxShape of(TileGrid grid, List<GhostCells.Region> sent) {
        var perTile = new int[grid.tileCount()];
        int slots = 1;
        long cells = 1;
        for (var region : sent) {
            slots = Math.max(slots, ++perTile[region.tile()]);
            cells = Math.max(cells, region.cellCount());
        }
        cells *= grid.config().fieldCount();
        long bytes =
                MetalHaloMessage.BYTE_SIZE + cells * grid.config().cellType().byteSize();
        return new MailboxShape(sent.size(), slots, Math.ceilDiv(bytes, MESSAGE_ALIGNMENT) * MESSAGE_ALIGNMENT);
    }

    /** The regions that travel as messages: constants are known where they are needed. */
    static List<GhostCells.Region> sent(List<GhostCells.Region> regions) {
        return regions.stream().filter(region -> !region.isConstant()).toList();
    }

    /** Bytes from one tile's inbox to the next. */
    long inboxByteSize() {
        return MetalK2KInboxHeader.BYTE_SIZE + slots * slotByteSize;
    }
}
