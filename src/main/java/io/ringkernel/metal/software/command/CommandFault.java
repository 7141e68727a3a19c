package io.ringkernel.metal.software.command;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.run.KernelFault;

/** Why a command buffer fails: the domain, code and text of the error that it will have. */
final class CommandFault extends RuntimeException {
    static final String DOMAIN = "MTLCommandBufferErrorDomain";

    private static final long serialVersionUID = 1L;

    private final String domain;
    private final long code;

    CommandFault(String domain, long code, String text, Throwable cause) {
        super(text, cause);
        this.domain = domain;
        this.code = code;
    }

    String domain() {
        return domain;
    }

    long code() {
        return code;
    }

    /** Whatever running a command threw, as Metal would report it. */
    static CommandFault of(Throwable thrown) {
        return switch (thrown) {
            case CommandFault fault -> fault;
            case KernelFault fault -> ofKernel(fault);
            case OutOfMemoryError e ->
                new CommandFault(
                        DOMAIN, Mtl.MTLCommandBufferErrorOutOfMemory(), "Insufficient Memory: " + e.getMessage(), e);
            default ->
                new CommandFault(
                        DOMAIN,
                        Mtl.MTLCommandBufferErrorInternal(),
                        "Internal Error of the software Metal: " + thrown,
                        thrown);
        };
    }

    static CommandFault deviceRemoved() {
        return new CommandFault(DOMAIN, Mtl.MTLCommandBufferErrorDeviceRemoved(), "Device Removed", null);
    }

    /** Another command buffer faulted, and the GPU's recovery ended this one too. */
    static CommandFault victim() {
        return new CommandFault(
                DOMAIN,
                Mtl.MTLCommandBufferErrorInternal(),
                "Discarded (victim of GPU error/recovery) (00000005:kIOGPUCommandBufferCallbackErrorInnocentVictim)",
                null);
    }

    static CommandFault invalidResource(String text) {
        return new CommandFault(DOMAIN, Mtl.MTLCommandBufferErrorInvalidResource(), "Invalid Resource: " + text, null);
    }

    private static CommandFault ofKernel(KernelFault fault) {
        var text = fault.getMessage();
        return switch (fault.kind()) {
            case OUT_OF_BOUNDS, NULL_POINTER, DANGLING_POINTER, MISALIGNED ->
                new CommandFault(DOMAIN, Mtl.MTLCommandBufferErrorPageFault(), "GPU Address Fault: " + text, fault);
            case STACK_OVERFLOW ->
                new CommandFault(DOMAIN, Mtl.MTLCommandBufferErrorStackOverflow(), "Stack Overflow: " + text, fault);
            case UNBOUND_ARGUMENT, INVALID_ARGUMENT ->
                new CommandFault(
                        DOMAIN, Mtl.MTLCommandBufferErrorInvalidResource(), "Invalid Resource: " + text, fault);
            case TIMEOUT -> new CommandFault(DOMAIN, Mtl.MTLCommandBufferErrorTimeout(), "GPU Timeout: " + text, fault);
            case CANCELLED -> deviceRemoved();
            case DIVERGENT_BARRIER, INTERNAL ->
                new CommandFault(DOMAIN, Mtl.MTLCommandBufferErrorInternal(), "Internal Error: " + text, fault);
        };
    }
}
