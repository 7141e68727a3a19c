package io.ringkernel.metal.software.runtime;

import java.util.Set;
import java.util.function.Function;

/** An Objective-C class: the receiver of class messages. Lives as long as its provider. */
public final class ObjectClass extends SoftwareObject {
    private final String name;
    private final Class<? extends SoftwareObject> javaType;
    private final Function<ObjectRuntime, ? extends SoftwareObject> constructor;
    private final Set<String> instanceSelectors;
    private final Set<String> classSelectors;

    /** {@code constructor} is null for a class of which clients cannot allocate objects. */
    ObjectClass(
            ObjectRuntime runtime,
            String name,
            Class<? extends SoftwareObject> javaType,
            Function<ObjectRuntime, ? extends SoftwareObject> constructor) {
        super(runtime);
        this.name = name;
        this.javaType = javaType;
        this.constructor = constructor;
        this.instanceSelectors = Methods.selectors(javaType, false);
        this.classSelectors = Methods.selectors(javaType, true);
    }

    public String name() {
        return name;
    }

    Class<? extends SoftwareObject> javaType() {
        return javaType;
    }

    ObjectClass parent() {
        var parent = javaType.getSuperclass();
        return parent == Object.class ? null : runtime().classes().of(parent.asSubclass(SoftwareObject.class));
    }

    SoftwareObject allocate() {
        if (constructor == null) {
            throw new MisuseException(ViolationKind.UNRECOGNIZED_SELECTOR, "objects of this class come from Metal: " + name);
        }
        return constructor.apply(runtime());
    }

    boolean instancesRespondTo(String selector) {
        return instanceSelectors.contains(selector);
    }

    boolean respondsTo(String selector) {
        return classSelectors.contains(selector) || runtime().classes().of(ObjectClass.class).instancesRespondTo(selector);
    }

    @Override
    boolean respondsToSelector(long selector) {
        return respondsTo(runtime().selectors().name(selector));
    }

    @Override
    protected boolean isImmortal() {
        return true;
    }

    @Override
    protected String description() {
        return name;
    }
}
