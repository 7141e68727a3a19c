package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.NSData_bytes;
import io.ringkernel.metal.bindings.NSData_length;
import io.ringkernel.metal.bindings.dispatch_data_create;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Bytes in both directions. */
public final class NSData {
    private static final CFunction CREATE = CFunction.of(dispatch_data_create.class);
    private static final Message BYTES = Message.of(NSData_bytes.class);
    private static final Message LENGTH = Message.of(NSData_length.class);

    private NSData() {}

    /** A copy of these bytes, as a {@code dispatch_data_t}: every one is an {@code NSData}, and Metal asks for it. */
    public static Retained of(ObjectiveC objc, byte[] bytes) {
        try (var arena = Arena.ofConfined()) {
            // One spare byte, since an empty array needs an address as well.
            var copy = arena.allocate(bytes.length + 1L);
            MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
            // Without a destructor the bytes are copied before the call returns.
            var data = dispatch_data_create.invoke(
                    objc.address(CREATE), copy, bytes.length, MemorySegment.NULL, MemorySegment.NULL);
            return Retained.of(objc, CREATE, data);
        }
    }

    /** A copy of the bytes of an {@code NSData}. */
    public static byte[] toJava(ObjectiveC objc, MemorySegment data) {
        var length = objc.bind(LENGTH);
        long byteSize = NSData_length.invoke(length.function(), data, length.selector());
        if (byteSize == 0) {
            return new byte[0];
        }
        var bytes = objc.bind(BYTES);
        var start = NSData_bytes.invoke(bytes.function(), data, bytes.selector());
        return start.asSlice(0, byteSize).toArray(ValueLayout.JAVA_BYTE);
    }
}
