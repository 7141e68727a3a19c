package io.ringkernel.metal.software.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The classes of one provider. A class object is made when it is first asked for.
 *
 * <p>Types that a client names ({@code objc_getClass}) have the Objective-C name; the concrete classes behind Metal's
 * protocols are known by their protocol's name too, but a client cannot look them up, as on macOS.
 */
public final class ClassTable {
    private record Definition(
            Class<? extends SoftwareObject> javaType, Function<ObjectRuntime, ? extends SoftwareObject> constructor) {}

    private final ObjectRuntime runtime;
    private final Map<String, Class<? extends SoftwareObject>> owners = new HashMap<>();
    private final Map<String, Definition> named = new HashMap<>();
    private final ConcurrentHashMap<Class<? extends SoftwareObject>, ObjectClass> objects = new ConcurrentHashMap<>();

    ClassTable(ObjectRuntime runtime) {
        this.runtime = runtime;
        declare(SoftwareObject.class);
        owners.forEach((name, type) -> named.put(name, new Definition(type, null)));
    }

    /** Declares a class that clients can look up; {@code constructor} makes what {@code alloc} returns, null for none. */
    public <T extends SoftwareObject> void define(Class<T> javaType, Function<ObjectRuntime, T> constructor) {
        declare(javaType);
        named.put(nameOf(javaType), new Definition(javaType, constructor));
    }

    /** Declares the implementation of a protocol, or of a class that clients cannot look up. */
    public void declare(Class<? extends SoftwareObject> javaType) {
        owners.put(nameOf(javaType), javaType);
    }

    /** The Java class that answers the messages of an Objective-C type. */
    Optional<Class<? extends SoftwareObject>> owner(String name) {
        return Optional.ofNullable(owners.get(name));
    }

    /** The class with this name, or null. */
    ObjectClass named(String name) {
        var definition = named.get(name);
        return definition == null ? null : of(definition.javaType());
    }

    ObjectClass of(Class<? extends SoftwareObject> javaType) {
        var known = objects.get(javaType);
        if (known != null) {
            return known;
        }
        var name = nameOf(javaType);
        var definition = named.get(name);
        boolean constructible = definition != null && definition.javaType() == javaType;
        return objects.computeIfAbsent(
                javaType, type -> new ObjectClass(runtime, name, type, constructible ? definition.constructor() : null));
    }

    /** The Objective-C name of a Java class. */
    String nameOf(Class<? extends SoftwareObject> javaType) {
        var annotation = javaType.getAnnotation(ObjectiveCType.class);
        return annotation == null ? javaType.getSimpleName() : annotation.value();
    }
}
