package io.ringkernel.metal.software.command;

import java.util.List;

/** One thing that a command buffer does when it runs; steps run in the order they were encoded. */
interface Step {

    /** Does it, on the queue's thread; throws whatever {@link CommandFault#of} understands. */
    void run();

    /** What an encoder recorded, and what its entry in an error says. */
    record Pass(String label, List<String> signposts, Runnable work) implements Step {
        @Override
        public void run() {
            work.run();
        }
    }

    /** A signal or a wait between encoders. */
    record Between(Runnable work) implements Step {
        @Override
        public void run() {
            work.run();
        }
    }
}
