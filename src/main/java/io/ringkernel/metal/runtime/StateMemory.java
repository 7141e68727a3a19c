package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalStorageMode;
import io.ringkernel.metal.wire.KernelId;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What a kernel keeps from message to message: memory of its own, or a buffer of the caller's. Never more than allowed.
 */
sealed interface StateMemory {
    /** No buffer is smaller. */
    int SMALLEST = 16;

    int byteSize();

    /**
     * The buffer on a device; a new one is put to those that the kernel owns.
     *
     * @throws IllegalArgumentException if the caller's is another device's
     */
    MetalBuffer on(MetalDevice device, KernelId kernel, List<MetalBuffer> owned);

    /** Memory of its own that starts with these bytes, which nobody changes. */
    record Own(byte[] initial) implements StateMemory {
        public Own {
            require(initial.length);
        }

        @Override
        public int byteSize() {
            return initial.length;
        }

        @Override
        public MetalBuffer on(MetalDevice device, KernelId kernel, List<MetalBuffer> owned) {
            var buffer = device.newBuffer(Math.max(SMALLEST, initial.length));
            owned.add(buffer);
            buffer.setLabel("the kernel's state of " + kernel);
            buffer.write(0, MemorySegment.ofArray(initial));
            return buffer;
        }
    }

    /** The caller's. */
    record Lent(MetalBuffer buffer) implements StateMemory {
        public Lent {
            if (buffer.storageMode() != MetalStorageMode.SHARED) {
                throw new IllegalArgumentException("storage mode of the state not SHARED: " + buffer.storageMode());
            }
            if (buffer.isClosed()) {
                throw new IllegalStateException("used after close: " + buffer);
            }
            require(buffer.byteSize());
        }

        @Override
        public int byteSize() {
            return (int) buffer.byteSize();
        }

        @Override
        public MetalBuffer on(MetalDevice device, KernelId kernel, List<MetalBuffer> owned) {
            if (!buffer.device().isSameAs(device)) {
                throw new IllegalArgumentException("state of " + kernel + " is on another device: " + buffer);
            }
            return buffer;
        }
    }

    /**
     * Checks a size.
     *
     * @throws IllegalArgumentException if it is not in 0..{@link LaunchOptions#MAX_STATE_BYTES}
     */
    static int require(long byteSize) {
        if (byteSize < 0 || byteSize > LaunchOptions.MAX_STATE_BYTES) {
            throw new IllegalArgumentException(
                    "stateBytes not in 0.." + LaunchOptions.MAX_STATE_BYTES + ": " + byteSize);
        }
        return (int) byteSize;
    }
}
