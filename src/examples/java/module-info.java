/** Programs to run and to read: what an application that uses the library looks like. */
module io.ringkernel.metal.examples {
    requires io.ringkernel.metal;
    requires java.desktop;
    requires jdk.management;

    // The library reads the records of messages.
    opens io.ringkernel.metal.examples.matching to
            io.ringkernel.metal;
    opens io.ringkernel.metal.examples.wave to
            io.ringkernel.metal;
}
