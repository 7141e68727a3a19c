package io.ringkernel.metal.software.command;

import io.ringkernel.metal.software.runtime.NSObject;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** The objects that a command buffer uses. It retains them when they are used, or only while it runs. */
final class References {
    private final boolean retainsAtOnce;
    private final Set<NSObject> objects = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean held;

    References(boolean retainsAtOnce) {
        this.retainsAtOnce = retainsAtOnce;
        this.held = retainsAtOnce;
    }

    boolean retainsAtOnce() {
        return retainsAtOnce;
    }

    void add(NSObject object) {
        if (objects.add(object) && retainsAtOnce) {
            object.retain();
        }
    }

    /** Makes sure that all live until {@link #release()}; gives one that is already dead. */
    Optional<NSObject> hold() {
        if (held) {
            return Optional.empty();
        }
        held = true;
        Optional<NSObject> dead = Optional.empty();
        for (var each : Set.copyOf(objects)) {
            if (!each.tryRetain()) {
                objects.remove(each);
                dead = Optional.of(each);
            }
        }
        return dead;
    }

    void release() {
        if (held) {
            objects.forEach(NSObject::release);
        }
        objects.clear();
    }
}
