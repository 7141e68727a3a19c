package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalStorageMode;

/**
 * What a kernel keeps from message to message: memory of its own, or a buffer of the caller's. Never more than allowed.
 */
sealed interface StateMemory {
    int byteSize();

    /** Memory of its own that starts with these bytes, which nobody changes. */
    record Own(byte[] initial) implements StateMemory {
        public Own {
            require(initial.length);
        }

        @Override
        public int byteSize() {
            return initial.length;
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
