package io.ringkernel.metal.software.runtime;

import static java.lang.invoke.MethodType.methodType;

import java.lang.foreign.Arena;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How values cross between C and the methods of objects. Numbers and raw pointers pass as they are, and objects are
 * addresses; other Java types are converted by handles that are registered here.
 */
public final class Conversions {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle ADDRESS_OF = find("addressOf", methodType(MemorySegment.class, NSObject.class));
    private static final MethodHandle REQUIRED =
            find("required", methodType(NSObject.class, Class.class, MemorySegment.class));
    private static final MethodHandle OPTIONAL =
            find("optional", methodType(NSObject.class, Class.class, MemorySegment.class));

    private final Map<Class<?>, MethodHandle> arguments = new HashMap<>();
    private final Map<Class<?>, MethodHandle> results = new HashMap<>();

    /** Registers how a parameter of a Java type is read: {@code (MemorySegment)type}. */
    public void argument(Class<?> type, MethodHandle reader) {
        arguments.put(type, reader.asType(methodType(type, MemorySegment.class)));
    }

    /** Registers how a result of a Java type is returned by an object: {@code (type, NSObject)MemorySegment}. */
    public void result(Class<?> type, MethodHandle writer) {
        results.put(type, writer.asType(methodType(MemorySegment.class, type, NSObject.class)));
    }

    /**
     * Converts the parameters of a method's handle.
     *
     * @param shift what to add to a handle's position to get the method's parameter
     * @param first the first position to convert
     */
    MethodHandle arguments(MethodHandle handle, Method method, int shift, int first) {
        var filters = new MethodHandle[handle.type().parameterCount()];
        for (int i = first; i < filters.length; i++) {
            var parameter = method.getParameters()[i + shift];
            filters[i] = argument(parameter.getType(), parameter.isAnnotationPresent(Nullable.class));
        }
        return MethodHandles.filterArguments(handle, 0, filters);
    }

    private MethodHandle argument(Class<?> type, boolean nullable) {
        if (NSObject.class.isAssignableFrom(type)) {
            return MethodHandles.insertArguments(nullable ? OPTIONAL : REQUIRED, 0, type)
                    .asType(methodType(type, MemorySegment.class));
        }
        return arguments.get(type);
    }

    /** Converts the result of a handle whose first parameter is the receiver. */
    MethodHandle result(MethodHandle handle, Class<?> receiver) {
        var type = handle.type().returnType();
        var writer = results.get(type);
        if (writer == null) {
            return plainResult(handle);
        }
        var fitted = writer.asType(methodType(MemorySegment.class, type, receiver));
        var rest = handle.type().dropParameterTypes(0, 1).parameterList();
        return MethodHandles.foldArguments(MethodHandles.dropArguments(fitted, 2, rest), handle);
    }

    /** Converts an object to its address, and leaves anything else. */
    MethodHandle plainResult(MethodHandle handle) {
        var type = handle.type().returnType();
        if (NSObject.class.isAssignableFrom(type)) {
            return MethodHandles.filterReturnValue(handle, ADDRESS_OF.asType(methodType(MemorySegment.class, type)));
        }
        return handle;
    }

    /** A handle without parameters that gives the zero of a type; a struct is zeroed memory. */
    static MethodHandle zero(Class<?> type, Optional<MemoryLayout> layout) {
        if (type == void.class) {
            return MethodHandles.empty(methodType(void.class));
        }
        if (type != MemorySegment.class) {
            return MethodHandles.zero(type);
        }
        boolean isStruct = layout.orElseThrow() instanceof GroupLayout;
        var value = isStruct ? Arena.global().allocate(layout.get()).asReadOnly() : MemorySegment.NULL;
        return MethodHandles.constant(MemorySegment.class, value);
    }

    private static MemorySegment addressOf(NSObject object) {
        return object == null ? MemorySegment.NULL : MemorySegment.ofAddress(object.address());
    }

    private static NSObject required(Class<?> type, MemorySegment pointer) {
        return ObjectRuntime.object(type.asSubclass(NSObject.class), pointer.address());
    }

    private static NSObject optional(Class<?> type, MemorySegment pointer) {
        return pointer.address() == 0 ? null : required(type, pointer);
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(Conversions.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
