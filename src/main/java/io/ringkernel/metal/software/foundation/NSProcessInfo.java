package io.ringkernel.metal.software.foundation;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import java.lang.foreign.MemorySegment;

/** The process and its system: a macOS 15.0, since that is whose Metal the software Metal resembles. */
public final class NSProcessInfo extends NSObject {
    private static final int MAJOR_VERSION = 15;

    public NSProcessInfo(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("processInfo")
    static NSProcessInfo processInfo(ObjectClass receiver) {
        return receiver.runtime().autorelease(new NSProcessInfo(receiver.runtime()));
    }

    @Selector("operatingSystemVersion")
    MemorySegment operatingSystemVersion() {
        return Structs.threeLongs(MAJOR_VERSION, 0, 0);
    }

    @Selector("operatingSystemVersionString")
    String operatingSystemVersionString() {
        return "Version " + MAJOR_VERSION + ".0 (software Metal)";
    }

    @Selector("isLowPowerModeEnabled")
    boolean isLowPowerModeEnabled() {
        return false;
    }
}
