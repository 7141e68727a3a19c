package io.ringkernel.metal.software.foundation;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Immutable bytes; {@code dispatch_data} is the same object, as on macOS. */
public final class NSData extends NSObject {
    private final MemorySegment bytes;

    public NSData(ObjectRuntime runtime, byte[] bytes) {
        super(runtime);
        this.bytes = Arena.ofAuto().allocate(Math.max(1, bytes.length)).asSlice(0, bytes.length);
        MemorySegment.copy(bytes, 0, this.bytes, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    /** Copies a client's bytes. */
    static NSData copyOf(ObjectRuntime runtime, MemorySegment bytes, long length) {
        require(length >= 0, ViolationKind.BAD_ARGUMENT, "length beyond memory: %s", Long.toUnsignedString(length));
        require(length == 0 || bytes.address() != 0, ViolationKind.NIL_ARGUMENT, "NULL for %d bytes", length);
        return new NSData(
                runtime, length == 0 ? new byte[0] : bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }

    public byte[] toArray() {
        return bytes.toArray(ValueLayout.JAVA_BYTE);
    }

    @Selector("dataWithBytes:length:")
    static NSData dataWithBytes(ObjectClass receiver, MemorySegment bytes, long length) {
        return receiver.runtime().autorelease(copyOf(receiver.runtime(), bytes, length));
    }

    @Selector("bytes")
    MemorySegment bytes() {
        return bytes;
    }

    @Selector("length")
    public long length() {
        return bytes.byteSize();
    }
}
