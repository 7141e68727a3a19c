package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.MessageEnvelope;

/** Where a kernel sends to other kernels and the host by id, and gets what they send to it. */
sealed interface KernelEndpoint extends AutoCloseable permits BrokerEndpoint, KernelEndpoint.None {
    /** Is told what becomes of messages that are sent. */
    interface Sender {
        /** A message has to wait for room. */
        void blocked();

        /** A message that had to wait no longer does. */
        void unblocked();

        /** A message was not accepted; {@code cause} is null if there is nothing more to say than that. */
        void undeliverable(MessageEnvelope message, RingKernelException cause);
    }

    /** Of a kernel that takes no part in messages between kernels: what it sends goes nowhere. */
    record None() implements KernelEndpoint {
        @Override
        public boolean open(Admission inbox) {
            return true;
        }

        @Override
        public void send(MessageEnvelope message, Sender sender) {
            sender.undeliverable(message, null);
        }

        @Override
        public void roomAppeared() {}

        @Override
        public void close() {}
    }

    /** Lets others send to the kernel; false if its id is taken. */
    boolean open(Admission inbox);

    /** Sends what the kernel made to where its header says. */
    void send(MessageEnvelope message, Sender sender);

    /** The kernel's queue has got room, or the kernel has ceased to take messages: takes those that wait. */
    void roomAppeared();

    /** Lets nobody send to the kernel any longer. */
    @Override
    void close();
}
