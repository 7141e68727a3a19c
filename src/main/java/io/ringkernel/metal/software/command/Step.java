package io.ringkernel.metal.software.command;

import io.ringkernel.metal.software.gpu.Recovery;
import java.util.List;
import java.util.function.Consumer;

/** One thing that a command buffer does when it runs; steps run in the order they were encoded. */
interface Step {

    /** Does it, on the queue's thread; throws whatever {@link CommandFault#of} understands. */
    void run(Recovery.Work running);

    /** What an encoder recorded, and what its entry in an error says. */
    record Pass(String label, List<String> signposts, Consumer<Recovery.Work> work) implements Step {
        @Override
        public void run(Recovery.Work running) {
            work.accept(running);
        }
    }

    /** A signal or a wait between encoders. */
    record Between(Runnable work) implements Step {
        @Override
        public void run(Recovery.Work running) {
            work.run();
        }
    }
}
