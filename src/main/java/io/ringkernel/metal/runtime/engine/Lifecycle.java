package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.KernelState;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.KernelId;
import java.util.Optional;

/** A kernel's state and the failure that it may have had; every change goes through here and is legal. */
final class Lifecycle {
    private final KernelId id;
    private final Observer observer;
    private volatile KernelState state = KernelState.CREATED;
    private volatile Throwable failure;

    Lifecycle(KernelId id, Observer observer) {
        this.id = id;
        this.observer = observer;
    }

    KernelState state() {
        return state;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Changes the state.
     *
     * @throws RingKernelException.InvalidTransition if there is no such transition; nothing changes then
     */
    synchronized void become(KernelState next) {
        var from = state;
        if (!from.canBecome(next)) {
            throw new RingKernelException.InvalidTransition(id, from, next);
        }
        state = next;
        observer.stateChanged(id, from, next);
    }

    /** Changes the state from one only. */
    synchronized void become(KernelState from, KernelState next) {
        if (state != from) {
            throw new RingKernelException.InvalidTransition(id, state, next);
        }
        become(next);
    }

    /** Notes why the kernel is of no use any more; one that is ending already goes on with that. */
    synchronized void fail(Throwable cause) {
        failure = cause;
        if (state.canBecome(KernelState.FAILED)) {
            become(KernelState.FAILED);
        }
    }

    /** Why the kernel refuses messages; only to be asked when it is not active. */
    RingKernelException refusal() {
        return refusal(state);
    }

    /** Why the kernel refused messages when it was seen in a state. */
    RingKernelException refusal(KernelState seen) {
        var cause = failure;
        if (seen.isEnding()) {
            return new RingKernelException.KernelTerminated(id);
        }
        return cause != null
                ? new RingKernelException.KernelFailed(id, cause)
                : new RingKernelException.KernelNotActive(id, seen);
    }
}
