package io.ringkernel.metal.interop;

import io.ringkernel.metal.objc.ForeignMessage;
import io.ringkernel.metal.objc.Introspection;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Ownership;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Objects;

/**
 * A message of your own: a selector, and the C types of its result and arguments. Immutable, and may be sent by many
 * threads. See the package for what the sender owes.
 */
public final class ObjectiveCMessage {
    private final ForeignMessage message;
    private final FunctionDescriptor type;

    private ObjectiveCMessage(String selector, FunctionDescriptor type) {
        this.message = new ForeignMessage(selector, type);
        this.type = type;
    }

    /**
     * A message.
     *
     * @param selector as Objective-C writes it, such as {@code setLabel:}, with a colon for each argument
     * @param type the result and the arguments, without receiver and selector: {@link ValueLayout#ADDRESS} for objects
     *     and pointers, {@link ValueLayout#JAVA_LONG} for {@code NSUInteger} and {@code NSInteger},
     *     {@link ValueLayout#JAVA_BOOLEAN} for {@code BOOL}, a struct layout for a struct
     * @throws IllegalArgumentException if the selector is empty, or its colons are not as many as the arguments
     */
    public static ObjectiveCMessage of(String selector, FunctionDescriptor type) {
        long colons = selector.chars().filter(c -> c == ':').count();
        int arguments = type.argumentLayouts().size();
        if (selector.isBlank() || colons != arguments) {
            throw new IllegalArgumentException(
                    "colons in the selector are not as many as the arguments, " + arguments + ": '" + selector + "'");
        }
        return new ObjectiveCMessage(selector, type);
    }

    /** The selector. */
    public String selector() {
        return message.selector();
    }

    /**
     * Sends the message, and gives its result: a boxed number or boolean, a pointer as a segment of size zero, or null
     * for no result. A pointer to an object is lent and may be dead already: see {@link #sendForObject}. A struct is on
     * the heap of the JVM.
     *
     * @param arguments one for each of the type: a number of exactly the layout's carrier; for an address a
     *     {@link MemorySegment}, an {@link ObjectiveCObject}, a wrapper, a string (an {@code NSString} that lives for
     *     the call), or null for nil
     * @throws IllegalArgumentException if the receiver does not answer the selector, which would end a process on
     *     macOS; or if there are more or fewer arguments than the type has
     * @throws ClassCastException if an argument is not of the type's carrier
     * @throws IllegalStateException if receiver or argument is closed
     */
    public Object send(ObjectiveCObject receiver, Object... arguments) {
        return receiver.ask((objc, id) -> {
            try (var arena = Arena.ofConfined()) {
                var result = send(objc, id, arguments, arena);
                boolean isStruct = result instanceof MemorySegment segment && segment.byteSize() > 0;
                return isStruct ? onHeap((MemorySegment) result) : result;
            }
        });
    }

    /**
     * Sends a message that returns an object, and keeps that: the reference is taken over where the selector's family
     * ({@code alloc}, {@code new}, {@code copy}, {@code mutableCopy}, {@code init}) gives one, else the object is
     * retained. The receiver stays the caller's to close, that of {@code init} too.
     *
     * @return the object, to be closed by the caller; null for nil
     * @throws IllegalArgumentException as {@link #send}, or if the type's result is no address
     * @throws ClassCastException as {@link #send}
     * @throws IllegalStateException as {@link #send}
     */
    public ObjectiveCObject sendForObject(ObjectiveCObject receiver, Object... arguments) {
        if (!type.returnLayout().map(ValueLayout.ADDRESS::equals).orElse(false)) {
            throw new IllegalArgumentException("the result is no address: " + type);
        }
        return receiver.ask((objc, id) -> {
            try (var arena = Arena.ofConfined()) {
                var result = (MemorySegment) send(objc, id, arguments, arena);
                var ownership = Ownership.ofSelector(selector());
                return ObjectiveC.isNil(result) ? null : ObjectiveCObject.kept(objc, ownership, result);
            }
        });
    }

    private Object send(ObjectiveC objc, MemorySegment receiver, Object[] arguments, Arena arena) {
        var layouts = type.argumentLayouts();
        if (arguments.length != layouts.size()) {
            throw new IllegalArgumentException(
                    selector() + " takes " + layouts.size() + " arguments: " + arguments.length);
        }
        if (!Introspection.respondsTo(objc, receiver, selector())) {
            throw new IllegalArgumentException(
                    "object 0x" + Long.toHexString(receiver.address()) + " does not answer the selector " + selector());
        }
        try (var held = new HeldArguments(objc)) {
            var values = new ArrayList<Object>();
            for (int i = 0; i < arguments.length; i++) {
                boolean isPointer = layouts.get(i) instanceof AddressLayout;
                values.add(isPointer ? held.pointer(arguments[i]) : Objects.requireNonNull(arguments[i], "argument"));
            }
            if (Ownership.consumesReceiver(selector())) {
                objc.retain(receiver);
            }
            return message.send(objc, receiver, values, arena);
        }
    }

    private static MemorySegment onHeap(MemorySegment struct) {
        return MemorySegment.ofArray(struct.toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public String toString() {
        return selector() + " " + type;
    }
}
