package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.run.KernelFault.Kind;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Turns what generated code throws into {@link KernelFault}s that say where and why. */
final class Faults {
    private static final Pattern SEGMENT =
            Pattern.compile("address: 0x([0-9a-f]+), byteSize: (\\d+) }; new offset = (-?\\d+); new length = (\\d+)");
    private static final Pattern INDEX = Pattern.compile("Index (-?\\d+) out of bounds for length (\\d+)");

    private Faults() {}

    /** The exception to throw instead of {@code thrown}; errors of the JVM stay what they are. */
    static Throwable describe(Throwable thrown, Dispatch dispatch, Worker worker, Extent position) {
        var line = line(thrown, dispatch.plan().code().getClass().getClassLoader());
        return switch (thrown) {
            case KernelFault fault -> fault;
            case MemoryFault fault -> {
                var place = fault.lane() < 0 ? position : worker.position(fault.lane());
                var known = fault.kind() == Kind.TIMEOUT || fault.kind() == Kind.CANCELLED
                        ? Optional.<Extent>empty()
                        : Optional.of(place);
                yield new KernelFault(
                        fault.kind(),
                        dispatch.plan().kernel(),
                        fault.getMessage(),
                        line,
                        known,
                        OptionalLong.empty(),
                        null);
            }
            case IndexOutOfBoundsException e -> outOfBounds(e, dispatch, worker, line, position);
            case IllegalArgumentException e
            when String.valueOf(e.getMessage()).contains("alignment") ->
                fault(dispatch, Kind.MISALIGNED, e, line, position);
            case StackOverflowError e -> {
                // The trace of a full stack says nothing that the line does not.
                e.setStackTrace(new StackTraceElement[0]);
                yield new KernelFault(
                        Kind.STACK_OVERFLOW,
                        dispatch.plan().kernel(),
                        "calls are nested too deep",
                        line,
                        Optional.of(position),
                        OptionalLong.empty(),
                        null);
            }
            case Error e -> e;
            default -> fault(dispatch, Kind.INTERNAL, thrown, line, position);
        };
    }

    private static KernelFault fault(Dispatch dispatch, Kind kind, Throwable cause, int line, Extent position) {
        return new KernelFault(
                kind,
                dispatch.plan().kernel(),
                cause.toString(),
                line,
                Optional.of(position),
                OptionalLong.empty(),
                cause);
    }

    private static int line(Throwable thrown, ClassLoader generated) {
        for (var frame : thrown.getStackTrace()) {
            if (generated.getName().equals(frame.getClassLoaderName()) && frame.getLineNumber() > 0) {
                return frame.getLineNumber();
            }
        }
        return 0;
    }

    private static KernelFault outOfBounds(
            IndexOutOfBoundsException e, Dispatch dispatch, Worker worker, int line, Extent position) {
        var index = INDEX.matcher(String.valueOf(e.getMessage()));
        if (index.find()) {
            var detail = "index %s not in an array of %s elements".formatted(index.group(1), index.group(2));
            return fault(dispatch, Kind.OUT_OF_BOUNDS, detail, line, position, OptionalLong.empty(), e);
        }
        var access = SEGMENT.matcher(String.valueOf(e.getMessage()));
        if (!access.find()) {
            return fault(dispatch, Kind.INTERNAL, e, line, position);
        }
        var address = Long.parseUnsignedLong(access.group(1), 16);
        var byteSize = Long.parseLong(access.group(2));
        var offset = Long.parseLong(access.group(3));
        var length = access.group(4);
        var known = OptionalLong.of(offset);
        if (address == 0) {
            var detail = "access of %s bytes at offset %d of a null pointer".formatted(length, offset);
            return fault(dispatch, Kind.NULL_POINTER, detail, line, position, known, e);
        }
        var unbound = dispatch.unboundIndex(address, byteSize);
        if (unbound.isPresent()) {
            var detail = "access through the buffer at index %d, which is not bound".formatted(unbound.getAsInt());
            return fault(dispatch, Kind.UNBOUND_ARGUMENT, detail, line, position, known, e);
        }
        if (address == worker.stack.address()) {
            return fault(dispatch, Kind.STACK_OVERFLOW, "private memory is exhausted", line, position, known, e);
        }
        var detail = "access of %s bytes at offset %d of %s of %d bytes"
                .formatted(length, offset, dispatch.describe(address, worker), byteSize);
        return fault(dispatch, Kind.OUT_OF_BOUNDS, detail, line, position, known, e);
    }

    private static KernelFault fault(
            Dispatch dispatch,
            Kind kind,
            String detail,
            int line,
            Extent position,
            OptionalLong offset,
            Throwable cause) {
        return new KernelFault(kind, dispatch.plan().kernel(), detail, line, Optional.of(position), offset, cause);
    }
}
