package io.ringkernel.metal.software.sync;

import io.ringkernel.metal.software.foundation.DispatchQueue;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** Where the notifications of shared events run: a dispatch queue of its own, unless it is given one. */
public final class MTLSharedEventListener extends NSObject {
    private final Strong<DispatchQueue> queue;

    public MTLSharedEventListener(ObjectRuntime runtime) {
        super(runtime);
        queue = Strong.owning(new DispatchQueue(runtime, "shared event listener"));
    }

    @Selector("sharedListener")
    static MTLSharedEventListener sharedListener(ObjectClass receiver) {
        return receiver.runtime().autorelease(new MTLSharedEventListener(receiver.runtime()));
    }

    @Selector("initWithDispatchQueue:")
    MTLSharedEventListener initWithDispatchQueue(DispatchQueue given) {
        queue.set(given);
        return this;
    }

    @Selector("dispatchQueue")
    public DispatchQueue dispatchQueue() {
        return queue.get();
    }

    @Override
    protected void dealloc() {
        queue.clear();
    }
}
