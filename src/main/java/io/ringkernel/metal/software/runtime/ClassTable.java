package io.ringkernel.metal.software.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The classes of one provider, named as the Java classes that implement them. A class object is made when it is first
 * asked for. Only classes that are defined here can be looked up by name: what is behind Metal's protocols cannot, as
 * on macOS.
 */
public final class ClassTable {
    private record Definition(
            Class<? extends NSObject> javaType, Function<ObjectRuntime, ? extends NSObject> constructor) {}

    private final ObjectRuntime runtime;
    private final Map<String, Definition> defined = new HashMap<>();
    private final Map<String, Class<? extends NSObject>> protocols = new HashMap<>();
    private final ConcurrentHashMap<Class<? extends NSObject>, ObjectClass> objects = new ConcurrentHashMap<>();

    ClassTable(ObjectRuntime runtime) {
        this.runtime = runtime;
        define(NSObject.class, null);
    }

    /**
     * Defines a class that clients can look up. To be called before the first client comes.
     *
     * @param constructor makes what {@code alloc} returns; null if clients cannot allocate objects of the class
     */
    public <T extends NSObject> void define(Class<T> javaType, Function<ObjectRuntime, ? extends T> constructor) {
        defined.put(javaType.getSimpleName(), new Definition(javaType, constructor));
    }

    /** The class with this name, or null. */
    public ObjectClass named(String name) {
        var definition = defined.get(name);
        return definition == null ? null : of(definition.javaType());
    }

    /** The class that stands for a protocol of this name, or null. */
    public ObjectClass protocol(String name) {
        var javaType = protocols.get(name);
        return javaType == null ? null : of(javaType);
    }

    /** Names a protocol, by the class that implements it. To be called before the first client comes. */
    public void defineProtocol(Class<? extends NSObject> javaType) {
        protocols.put(javaType.getSimpleName(), javaType);
    }

    /** The class object of a Java class. */
    ObjectClass of(Class<? extends NSObject> javaType) {
        var known = objects.get(javaType);
        return known != null ? known : objects.computeIfAbsent(javaType, this::create);
    }

    private ObjectClass create(Class<? extends NSObject> javaType) {
        var definition = defined.get(javaType.getSimpleName());
        boolean same = definition != null && definition.javaType() == javaType;
        return new ObjectClass(runtime, javaType, same ? definition.constructor() : null);
    }
}
