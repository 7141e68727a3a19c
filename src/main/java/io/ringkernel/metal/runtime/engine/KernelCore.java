package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.wire.KernelId;

/** What the parts of one kernel share. */
record KernelCore(
        KernelId id,
        LaunchOptions options,
        Lifecycle lifecycle,
        SendQueue sendQueue,
        ReceiveQueue receiveQueue,
        KernelCounters counters) {}
