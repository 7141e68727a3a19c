package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.MetalComputeEncoder;

/** The submissions of a graph, of whose kernels each may have messages for the others. */
final class GraphJob extends Job {
    /** What the kernels share; set before one of them becomes active. */
    private volatile GraphRounds rounds;

    GraphJob(RuntimeContext context, Queue queue) {
        super(context, queue);
    }

    void use(GraphRounds shared) {
        rounds = shared;
    }

    @Override
    void encode(MetalComputeEncoder encoder) {
        rounds.encode(encoder);
    }

    /** The kernels' inboxes lie in one memory, in which the submission may go on writing. */
    @Override
    boolean canDetach() {
        return false;
    }
}
