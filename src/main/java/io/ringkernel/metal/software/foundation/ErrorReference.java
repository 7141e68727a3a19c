package io.ringkernel.metal.software.foundation;

import io.ringkernel.metal.software.runtime.ObjectRuntime;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code NSError **}: where a message puts an autoreleased error, unless the client passed NULL. */
public record ErrorReference(MemorySegment slot) {

    /** Reports an error. */
    public void set(ObjectRuntime runtime, String domain, long code, String text) {
        if (slot.address() != 0) {
            var error = runtime.autorelease(NSError.of(runtime, domain, code, text));
            slot.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, error.address());
        }
    }
}
