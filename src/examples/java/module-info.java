/** Programs to run and to read: what an application that uses the library looks like. */
module io.ringkernel.metal.examples {
    requires io.ringkernel.metal;
    requires java.desktop;
    requires jdk.management;
}
