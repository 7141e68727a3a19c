package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.MetalComputeEncoder;

/** The submissions of a kernel by itself. */
final class KernelJob extends Job {
    KernelJob(RuntimeContext context, Queue queue) {
        super(context, queue);
    }

    @Override
    void encode(MetalComputeEncoder encoder) {
        kernels().forEach(kernel -> kernel.encode(encoder));
    }

    @Override
    boolean canDetach() {
        return true;
    }
}
