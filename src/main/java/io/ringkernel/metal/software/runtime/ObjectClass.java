package io.ringkernel.metal.software.runtime;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.function.Function;

/** An Objective-C class: the receiver of class messages. Lives as long as its provider. */
public final class ObjectClass extends NSObject {
    private final Class<? extends NSObject> javaType;
    private final Function<ObjectRuntime, ? extends NSObject> constructor;
    private final Set<String> instanceSelectors;
    private final Set<String> classSelectors;

    /** {@code constructor} is null for a class of which clients cannot allocate objects. */
    ObjectClass(
            ObjectRuntime runtime,
            Class<? extends NSObject> javaType,
            Function<ObjectRuntime, ? extends NSObject> constructor) {
        super(runtime);
        this.javaType = javaType;
        this.constructor = constructor;
        this.instanceSelectors = Methods.selectors(javaType, false);
        this.classSelectors = Methods.selectors(javaType, true);
    }

    public String name() {
        return javaType.getSimpleName();
    }

    Class<? extends NSObject> javaType() {
        return javaType;
    }

    ObjectClass parent() {
        var parent = javaType.getSuperclass();
        return parent == Object.class ? null : runtime().classes().of(parent.asSubclass(NSObject.class));
    }

    NSObject allocate() {
        if (constructor == null) {
            throw new MisuseException(
                    ViolationKind.UNRECOGNIZED_SELECTOR, "objects of this class come from Metal: " + name());
        }
        return constructor.apply(runtime());
    }

    /** Whether objects of this class answer a selector. */
    public boolean instancesRespondTo(String selector) {
        return instanceSelectors.contains(selector);
    }

    boolean respondsTo(String selector) {
        return classSelectors.contains(selector)
                || runtime().classes().of(ObjectClass.class).instancesRespondTo(selector);
    }

    @Override
    boolean respondsToSelector(MemorySegment selector) {
        return respondsTo(runtime().selectors().name(selector.address()));
    }

    @Override
    public boolean isImmortal() {
        return true;
    }

    @Override
    protected String description() {
        return name();
    }
}
