/** Apple's Metal compute, and the ring-kernel actor model on it, for the JVM. */
module io.ringkernel.metal {
    requires jdk.jfr;
    requires org.slf4j;

    exports io.ringkernel.metal;
    exports io.ringkernel.metal.halo;
    exports io.ringkernel.metal.hlc;
    exports io.ringkernel.metal.interop;
    exports io.ringkernel.metal.k2k;
    exports io.ringkernel.metal.runtime;
    exports io.ringkernel.metal.wire;
}
