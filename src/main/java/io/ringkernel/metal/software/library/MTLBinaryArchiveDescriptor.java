package io.ringkernel.metal.software.library;

import io.ringkernel.metal.software.foundation.NSURL;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** Where an archive is read from; without a URL it begins empty. */
public final class MTLBinaryArchiveDescriptor extends NSObject {
    private final Strong<NSURL> url = new Strong<>();

    public MTLBinaryArchiveDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("url")
    NSURL url() {
        return url.get();
    }

    @Selector("setUrl:")
    void setUrl(@Nullable NSURL value) {
        url.set(value);
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLBinaryArchiveDescriptor(runtime());
        copy.url.set(url.get());
        return copy;
    }

    @Override
    protected void dealloc() {
        url.clear();
    }
}
