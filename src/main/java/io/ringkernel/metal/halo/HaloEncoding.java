package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalComputeEncoder;
import java.util.List;

/** One strategy on one device. */
sealed interface HaloEncoding permits DirectExchange, MailboxExchange {

    /** Encodes one exchange; the tiles' number, sizes and places are checked. */
    void encode(MetalComputeEncoder encoder, List<MetalBufferSlice> tiles);

    /** Messages of completed exchanges that found no room in their inbox. */
    long lostMessages();
}
