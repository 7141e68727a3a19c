package io.ringkernel.metal.software.resource;

import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import java.util.List;

/** What the GPU counts together: here it is the time, in nanoseconds. */
public final class MTLCounterSet extends NSObject {
    private MTLCounterSet(ObjectRuntime runtime) {
        super(runtime);
    }

    /** An autoreleased array of every set. */
    public static NSArray all(ObjectRuntime runtime) {
        return autoreleased(new MTLCounterSet(runtime));
    }

    private static NSArray autoreleased(NSObject only) {
        var array = only.runtime().autorelease(new NSArray(only.runtime(), List.of(only)));
        only.releaseForClient();
        return array;
    }

    @Selector("name")
    String name() {
        return "timestamp";
    }

    @Selector("counters")
    NSArray counters() {
        return autoreleased(new MTLCounter(runtime(), "GPUTimestamp"));
    }
}
