package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.foundation.ErrorReference;
import io.ringkernel.metal.software.foundation.NSData;
import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.gpu.DeviceObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The times of samples; all bits of one that was not taken are set. */
public final class MTLCounterSampleBuffer extends DeviceObject {
    private static final long NOT_TAKEN = -1;
    private static final int MOST = 4096;

    private final long[] times;

    private MTLCounterSampleBuffer(Origin origin, MTLCounterSampleBufferDescriptor descriptor) {
        super(origin);
        times = new long[(int) descriptor.sampleCount()];
        Arrays.fill(times, NOT_TAKEN);
        assignLabel(descriptor.label());
    }

    /** Room for samples as described, or null with an error. */
    public static MTLCounterSampleBuffer create(
            Origin origin, MTLCounterSampleBufferDescriptor descriptor, ErrorReference error) {
        require(descriptor.counterSet() != null, ViolationKind.NIL_ARGUMENT, "a sample buffer without a counter set");
        boolean isReadable = descriptor.storageMode() == Mtl.MTLStorageModeShared()
                || descriptor.storageMode() == Mtl.MTLStorageModePrivate();
        if (!isReadable || descriptor.sampleCount() < 1 || descriptor.sampleCount() > MOST) {
            error.set(
                    origin.runtime(),
                    "MTLCounterErrorDomain",
                    1,
                    "sampleCount not in 1.." + MOST + ", or the storage neither shared nor private: "
                            + descriptor.sampleCount() + ", " + descriptor.storageMode());
            return null;
        }
        return new MTLCounterSampleBuffer(origin, descriptor);
    }

    /** Takes a sample now. */
    public void sample(long index) {
        synchronized (times) {
            times[(int) index] = System.nanoTime();
        }
    }

    @Selector("sampleCount")
    public long sampleCount() {
        return times.length;
    }

    @Selector("resolveCounterRange:")
    NSData resolve(Range range) {
        require(
                range.isWithin(times.length),
                ViolationKind.OUT_OF_RANGE,
                "range not in 0..%d: %s",
                times.length,
                range);
        var bytes = ByteBuffer.allocate((int) range.length() * Long.BYTES).order(ByteOrder.nativeOrder());
        synchronized (times) {
            bytes.asLongBuffer().put(times, (int) range.location(), (int) range.length());
        }
        return runtime().autorelease(new NSData(runtime(), bytes.array()));
    }
}
