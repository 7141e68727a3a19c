package io.ringkernel.metal.runtime.engine;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** The events that a flight recording shows; their names are part of what users rely on. */
final class FlightEvents {
    private FlightEvents() {}

    @Name("ringkernel.metal.Compile")
    @Label("Kernel Compilation")
    @Category("Ring Kernels")
    @StackTrace(false)
    static final class Compile extends Event {
        @Label("Kernel")
        String kernel;

        @Label("Source Length")
        int sourceLength;

        @Label("Failure")
        @Description("What the compiler said; empty if it succeeded")
        String failure;
    }

    @Name("ringkernel.metal.Dispatch")
    @Label("Kernel Dispatch")
    @Description("From the commit of a batch to its completion")
    @Category("Ring Kernels")
    @StackTrace(false)
    static final class Dispatch extends Event {
        @Label("Kernel")
        String kernel;

        @Label("Batch Size")
        int batchSize;

        @Label("Bytes To Device")
        @DataAmount
        long bytesToDevice;

        @Label("GPU Time")
        @Timespan(Timespan.NANOSECONDS)
        long gpuTime;
    }

    @Name("ringkernel.metal.MessageFailure")
    @Label("Message Failure")
    @Description("A message that ends undelivered or unhandled, or a call that fails")
    @Category("Ring Kernels")
    @StackTrace(false)
    static final class MessageFailure extends Event {
        @Label("Kernel")
        String kernel;

        @Label("Message Id")
        @Description("As it is printed elsewhere, such as msg:000000000000002a")
        String messageId;

        @Label("Reason")
        String reason;

        @Label("Cause")
        String cause;
    }

    @Name("ringkernel.metal.StateChange")
    @Label("Kernel State Change")
    @Category("Ring Kernels")
    @StackTrace(false)
    static final class StateChange extends Event {
        @Label("Kernel")
        String kernel;

        @Label("From")
        String from;

        @Label("To")
        String to;
    }
}
