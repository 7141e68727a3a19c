package io.ringkernel.metal.software.sync;

import io.ringkernel.metal.software.gpu.LabeledObject;

/**
 * Orders encoders that use untracked resources. The encoders of a queue run one after the other here, so a fence has
 * nothing left to do but to be checked for use that could not work on a GPU.
 */
public final class MTLFence extends LabeledObject {
    public MTLFence(Origin origin) {
        super(origin);
    }
}
