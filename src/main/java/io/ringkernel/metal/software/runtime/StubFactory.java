package io.ringkernel.metal.software.runtime;

import static java.lang.invoke.MethodType.methodType;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.CFunction;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.UpcallStub;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the function pointers behind messages, one for each message in the JVM, when it is first asked for.
 *
 * <pre>
 *   (self, _cmd, arguments…)
 *      │  Receiving.receive: which provider, is it alive, does it answer, is the selector the message's own
 *      │  Conversions.argument: addresses to objects, texts and structs
 *      ▼
 *   Java method ──► Conversions.result: object to address, text to NSString, struct to memory
 *      │ whatever it throws
 *      ▼
 *   Receiving.fail: recorded as a violation, result zero
 * </pre>
 */
public final class StubFactory {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Map<String, Class<? extends NSObject>> owners;
    private final Conversions conversions;
    private final ConcurrentHashMap<Message, MemorySegment> stubs = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Foreign, MemorySegment> foreignStubs = new ConcurrentHashMap<>();

    /** A message that the bindings do not have, to one kind of receiver. */
    private record Foreign(Class<? extends NSObject> owner, boolean ofClass, String selector, FunctionDescriptor type) {
        @Override
        public String toString() {
            return "[" + owner.getSimpleName() + " " + selector + "]";
        }
    }

    /** Messages are answered by these classes, each found by its name. */
    public StubFactory(Stream<Class<? extends NSObject>> types, Conversions conversions) {
        this.owners = types.collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));
        this.conversions = conversions;
    }

    /** The method that answers a message, if there is one. */
    public Optional<Method> methodFor(Message message) {
        return Optional.ofNullable(owners.get(message.owner()))
                .flatMap(owner -> Methods.answering(owner, message.selector()));
    }

    /**
     * The function pointer of a message, which lives as long as the JVM.
     *
     * @throws UnsupportedOperationException if no class answers the message
     */
    public MemorySegment stubFor(Message message) {
        return stubs.computeIfAbsent(
                message, added -> UpcallStub.of(handleFor(added), added.descriptor(), Arena.global()));
    }

    /**
     * The function pointer of a message that the bindings do not have, for a receiver and those like it.
     *
     * @param type receiver and selector included
     * @throws IllegalArgumentException if the receiver has no method of this selector and type
     */
    public MemorySegment stubFor(NSObject receiver, String selector, FunctionDescriptor type) {
        var foreign = receiver instanceof ObjectClass itself
                ? new Foreign(itself.javaType(), true, selector, type)
                : new Foreign(receiver.getClass(), false, selector, type);
        return foreignStubs.computeIfAbsent(foreign, this::foreignStub);
    }

    private MemorySegment foreignStub(Foreign message) {
        var method = Methods.answering(message.owner(), message.selector())
                .filter(found -> Modifier.isStatic(found.getModifiers()) == message.ofClass())
                .orElseThrow(() -> new IllegalArgumentException("the software Metal has no " + message));
        try {
            var receiving = new Receiving(message, message.owner(), SelectorTable.indexOf(message.selector()));
            var handle = received(receiving, message.toString(), method, message.type());
            return UpcallStub.of(
                    guarded(handle, message.type(), Receiving.FAIL_MESSAGE, message.toString()),
                    message.type(),
                    Arena.global());
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("wrong type for a message: " + e.getMessage(), e);
        }
    }

    /** What {@link #stubFor} gives an address. */
    public MethodHandle handleFor(Message message) {
        var method = methodFor(message)
                .orElseThrow(() -> new UnsupportedOperationException("the software Metal has no " + message));
        var receiving = new Receiving(message, owners.get(message.owner()), SelectorTable.indexOf(message.selector()));
        var handle = received(receiving, message.toString(), method, message.descriptor());
        return guarded(handle, message.descriptor(), Receiving.FAIL_MESSAGE, message.toString());
    }

    /** The function pointer of a C function that an object implements by an exported method, or empty. */
    public Optional<MemorySegment> export(Object functions, String symbol, Arena arena) {
        return Methods.exported(functions.getClass(), symbol).map(method -> {
            var type = CFunction.of(generated(symbol)).descriptor();
            var bound = unreflect(method).bindTo(functions);
            var raw = conversions.plainResult(conversions.arguments(bound, method, 0, 0));
            return UpcallStub.of(
                    guarded(checked(symbol, raw, type), type, Receiving.FAIL_FUNCTION, symbol), type, arena);
        });
    }

    private static Class<?> generated(String symbol) {
        try {
            return Class.forName(Mtl.class.getPackageName() + "." + symbol, false, Mtl.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the bindings have no function " + symbol, e);
        }
    }

    private MethodHandle received(Receiving receiving, String name, Method method, FunctionDescriptor type) {
        boolean ofClass = Modifier.isStatic(method.getModifiers());
        var receiver = ofClass ? ObjectClass.class : method.getDeclaringClass();
        var target = conversions.arguments(unreflect(method), method, ofClass ? 0 : -1, 1);
        target = conversions.result(target, receiver);
        var receive = MethodHandles.insertArguments(ofClass ? Receiving.CLASS : Receiving.INSTANCE, 0, receiving)
                .asType(methodType(receiver, MemorySegment.class, MemorySegment.class));
        return checked(name, MethodHandles.collectArguments(target, 0, receive), type);
    }

    private static MethodHandle checked(String name, MethodHandle handle, FunctionDescriptor type) {
        if (!handle.type().equals(type.toMethodType())) {
            throw new IllegalStateException(name + " is " + type.toMethodType() + ", its method " + handle.type());
        }
        return handle;
    }

    /**
     * Turns whatever is thrown into a violation and a result of zero: an exception that left the stub would end the
     * JVM.
     */
    private static MethodHandle guarded(
            MethodHandle target, FunctionDescriptor descriptor, MethodHandle failure, String name) {
        var fail = MethodHandles.insertArguments(failure, 1, name);
        var zero = Conversions.zero(target.type().returnType(), descriptor.returnLayout());
        var handler = MethodHandles.filterReturnValue(fail, zero);
        return MethodHandles.catchException(target, Throwable.class, handler);
    }

    private static MethodHandle unreflect(Method method) {
        try {
            method.setAccessible(true);
            return LOOKUP.unreflect(method);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot call " + method, e);
        }
    }
}
