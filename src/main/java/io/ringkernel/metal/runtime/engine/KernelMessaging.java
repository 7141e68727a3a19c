package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.k2k.K2KBroker;

/** Messages between the kernels of one runtime, and between them and endpoints of the host. */
sealed interface KernelMessaging extends AutoCloseable permits BrokerMessaging, KernelMessaging.Off {
    /** There are no such messages. */
    record Off() implements KernelMessaging {
        @Override
        public K2KBroker broker() {
            throw new IllegalStateException("K2K was turned off");
        }

        @Override
        public KernelEndpoint endpoint(KernelCore kernel) {
            return new KernelEndpoint.None();
        }

        @Override
        public void checkRoutes() {
            throw new IllegalStateException("routes of a graph in a runtime without K2K");
        }

        @Override
        public void close() {}
    }

    /**
     * The broker.
     *
     * @throws IllegalStateException if there is none
     */
    K2KBroker broker();

    /** A kernel's end, not open yet. */
    KernelEndpoint endpoint(KernelCore kernel);

    /**
     * Lets kernels send to each other along routes.
     *
     * @throws IllegalStateException if they may not
     */
    void checkRoutes();

    @Override
    void close();
}
