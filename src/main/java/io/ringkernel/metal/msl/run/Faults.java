package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.run.KernelFault.Kind;
import io.ringkernel.metal.msl.texture.TextureFault;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what generated code throws into {@link KernelFault}s that say where and why. */
record Faults(Throwable thrown, Dispatch dispatch, Worker worker, Extent position) {
    private static final Pattern SEGMENT =
            Pattern.compile("address: 0x([0-9a-f]+), byteSize: (\\d+) }; new offset = (-?\\d+); new length = (\\d+)");

    /** The exception to throw instead; errors of the JVM stay what they are. */
    Throwable describe() {
        return switch (thrown) {
            case KernelFault fault -> fault;
            case MemoryFault fault -> ofMemory(fault);
            case SubscriptFault fault ->
                fault(
                        Kind.OUT_OF_BOUNDS,
                        "index " + fault.getMessage() + " not in "
                                + dispatch.plan().memory().arrays().get(fault.array()));
            case TextureFault fault -> fault(kindOf(fault), fault.getMessage());
            // The memory of a texture is that of a live object, unless a client let go of it too early.
            case IllegalStateException _ -> fault(Kind.DANGLING_POINTER, "the memory of a texture is gone");
            case IndexOutOfBoundsException _ -> outOfBounds(String.valueOf(thrown.getMessage()));
            case IllegalArgumentException e
            when String.valueOf(e.getMessage()).contains("alignment") -> fault(Kind.MISALIGNED, e.getMessage());
            case StackOverflowError _ -> fault(Kind.STACK_OVERFLOW, "calls are nested too deep");
            case Error e -> e;
            default -> fault(Kind.INTERNAL, thrown.toString());
        };
    }

    private static Kind kindOf(TextureFault fault) {
        return switch (fault.kind()) {
            case NULL -> Kind.NULL_POINTER;
            case DANGLING -> Kind.DANGLING_POINTER;
            case MISMATCH -> Kind.INVALID_ARGUMENT;
        };
    }

    private KernelFault ofMemory(MemoryFault fault) {
        var isOfRun = fault.kind() == Kind.TIMEOUT || fault.kind() == Kind.CANCELLED;
        var place = fault.lane() < 0 ? position : worker.position(fault.lane());
        return fault(
                fault.kind(),
                fault.getMessage(),
                isOfRun ? Optional.empty() : Optional.of(place),
                OptionalLong.empty());
    }

    private KernelFault outOfBounds(String message) {
        var access = SEGMENT.matcher(message);
        return access.find() ? badAccess(access) : fault(Kind.INTERNAL, thrown.toString());
    }

    private KernelFault badAccess(Matcher access) {
        var address = Long.parseUnsignedLong(access.group(1), 16);
        var byteSize = Long.parseLong(access.group(2));
        var offset = Long.parseLong(access.group(3));
        var what = "access of %s bytes at offset %d of ".formatted(access.group(4), offset);
        if (address == 0) {
            return fault(Kind.NULL_POINTER, what + "a null pointer", offset);
        }
        var unbound = dispatch.unboundIndex(address, byteSize);
        if (unbound.isPresent()) {
            return fault(
                    Kind.UNBOUND_ARGUMENT,
                    what + "the buffer at index " + unbound.getAsInt() + ", which is not bound",
                    offset);
        }
        if (address == worker.stack.address()) {
            return fault(Kind.STACK_OVERFLOW, "private memory is exhausted", offset);
        }
        return fault(
                Kind.OUT_OF_BOUNDS, what + dispatch.describe(address, worker) + " of " + byteSize + " bytes", offset);
    }

    private KernelFault fault(Kind kind, String detail) {
        return fault(kind, detail, Optional.of(position), OptionalLong.empty());
    }

    private KernelFault fault(Kind kind, String detail, long offset) {
        return fault(kind, detail, Optional.of(position), OptionalLong.of(offset));
    }

    private KernelFault fault(Kind kind, String detail, Optional<Extent> place, OptionalLong offset) {
        var cause = thrown instanceof MemoryFault
                        || thrown instanceof SubscriptFault
                        || thrown instanceof TextureFault
                        || thrown instanceof StackOverflowError
                ? null
                : thrown;
        return new KernelFault(kind, dispatch.plan().code().kernel(), detail, line(), place, offset, cause);
    }

    /** The line of the innermost generated frame. */
    private int line() {
        var loader = dispatch.plan().code().getClass().getClassLoader().getName();
        for (var frame : thrown.getStackTrace()) {
            if (loader.equals(frame.getClassLoaderName()) && frame.getLineNumber() > 0) {
                return frame.getLineNumber();
            }
        }
        return 0;
    }
}
