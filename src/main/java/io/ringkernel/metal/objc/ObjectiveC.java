package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.bindings.NSObject_respondsToSelector;
import io.ringkernel.metal.bindings.getpagesize;
import io.ringkernel.metal.bindings.objc_autorelease;
import io.ringkernel.metal.bindings.objc_release;
import io.ringkernel.metal.bindings.objc_retain;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * One provider of Objective-C classes, messages and C functions: Apple's runtime, or the software Metal.
 *
 * <p><b>What a provider supplies.</b> Five methods, all of them called rarely: classes and selectors by name, an
 * address to call for each {@link Message}, an address for each exported symbol, and the arena in which whatever is
 * handed to it lives. Apple's provider answers every message with {@code objc_msgSend} (or {@code objc_msgSend_stret}).
 * The software provider answers each message with an upcall stub of exactly the message's C type, which it makes with
 * the generated class's {@code allocate}, and each symbol with a stub of the C function's type:
 *
 * <pre>{@code
 * stubs.put(Message.of(MTLBuffer_length.class),
 *         arena -> MTLBuffer_length.allocate((self, cmd) -> lengthOf(self), arena));
 *
 * protected MemorySegment functionFor(Message message) {
 *     return stubs.get(message).apply(arena());
 * }
 * }</pre>
 *
 * <p>A stub receives the selector that the sender passed and can compare it with {@link Message#selector()}: a receiver
 * that is dead, unknown or does not respond, and a selector that is not the message's own, are the sender's mistakes.
 *
 * <p><b>Cost.</b> {@link #bind} and {@link #address} load from an array once an entry is known. Before, a virtual
 * thread does not park while the entry is made, so both may stand between the push and the pop of an autorelease pool.
 */
public abstract class ObjectiveC {
    private static final Message RESPONDS_TO_SELECTOR = Message.of(NSObject_respondsToSelector.class);
    private static final CFunction RETAIN = CFunction.of(objc_retain.class);
    private static final CFunction RELEASE = CFunction.of(objc_release.class);
    private static final CFunction GET_PAGE_SIZE = CFunction.of(getpagesize.class);
    private static final CFunction AUTORELEASE = CFunction.of(objc_autorelease.class);

    // Entries are immutable and every thread would compute an equal one, so racing plain writes are harmless.
    private final Send[] sends = new Send[NativeType.CAPACITY];
    private final MemorySegment[] addresses = new MemorySegment[NativeType.CAPACITY];
    // Lock-free, because a contended lock would park a virtual thread inside its autorelease pool.
    private final ConcurrentSkipListMap<String, MemorySegment> classes = new ConcurrentSkipListMap<>();
    private final Blocks blocks = new Blocks(this);

    /**
     * For providers.
     *
     * @throws ObjectiveCUnavailableException if this JVM does not let the module call native code
     */
    protected ObjectiveC() {
        try {
            Mtl.C_POINTER.byteSize();
            makeAccessors();
        } catch (LinkageError e) {
            throw ObjectiveCUnavailableException.nativeAccessDenied(e);
        }
    }

    /** The JDK makes a layout's accessor under a lock when it is first used, which may be inside a pool. */
    private static void makeAccessors() {
        try (var arena = Arena.ofConfined()) {
            var cell = arena.allocate(ValueLayout.ADDRESS);
            cell.set(ValueLayout.ADDRESS, 0, cell.get(ValueLayout.ADDRESS, 0));
        }
    }

    /** The class of this name, or {@code NULL} if there is none. */
    protected abstract MemorySegment lookUpClass(String name);

    /** The one {@code SEL} for this name; the same name always gives the same address. */
    protected abstract MemorySegment registerSelector(String name);

    /**
     * The address to call for a message. May be asked more than once for the same message, and by many threads.
     *
     * @throws UnsupportedOperationException if this provider has no such message
     */
    protected abstract MemorySegment functionFor(Message message);

    /**
     * The address to call for a message that the bindings do not have.
     *
     * @param type receiver and selector included
     * @throws IllegalArgumentException if the provider knows that the receiver has no method of this selector and type
     */
    protected abstract MemorySegment functionFor(MemorySegment receiver, String selector, FunctionDescriptor type);

    /** The address of an exported C function or variable, or {@code NULL} if there is none. */
    protected abstract MemorySegment lookUpSymbol(String name);

    /** Where blocks and stubs are allocated: shared, and open for as long as the provider may use them. */
    public abstract Arena arena();

    /**
     * What is needed to send a message.
     *
     * @throws UnsupportedOperationException if this provider has no such message
     */
    public final Send bind(Message message) {
        var send = sends[message.index()];
        if (send == null) {
            send = Unparked.call(() -> new Send(functionFor(message), registerSelector(message.selector())));
            sends[message.index()] = send;
        }
        return send;
    }

    /**
     * The address of a C function.
     *
     * @throws UnsupportedOperationException if no library of this provider exports it
     */
    public final MemorySegment address(CFunction function) {
        var address = addresses[function.index()];
        if (address == null) {
            address = Unparked.call(() -> symbol(function.symbol()));
            addresses[function.index()] = address;
        }
        return address;
    }

    /**
     * The address of an exported C function or variable.
     *
     * @throws UnsupportedOperationException if no library of this provider exports it
     */
    public final MemorySegment symbol(String name) {
        var address = lookUpSymbol(name);
        if (isNil(address)) {
            throw new UnsupportedOperationException("no library exports the symbol: " + name);
        }
        return address;
    }

    /**
     * The class of this name.
     *
     * @throws UnsupportedOperationException if there is none
     */
    public final MemorySegment classNamed(String name) {
        var known = classes.get(name);
        if (known != null) {
            return known;
        }
        var found = Unparked.call(() -> lookUpClass(name));
        if (isNil(found)) {
            throw new UnsupportedOperationException("no Objective-C class has the name: " + name);
        }
        classes.put(name, found);
        return found;
    }

    /** Whether there is a class of this name. */
    public final boolean hasClass(String name) {
        return classes.containsKey(name) || !isNil(lookUpClass(name));
    }

    /** Whether an object has a method for the message's selector. A message that it lacks would end the process. */
    public final boolean respondsTo(MemorySegment object, Message message) {
        var send = bind(RESPONDS_TO_SELECTOR);
        var selector = registerSelector(message.selector());
        return NSObject_respondsToSelector.invoke(send.function(), object, send.selector(), selector);
    }

    /** Adds one to an object's reference count and returns the object; {@code nil} is allowed. */
    public final MemorySegment retain(MemorySegment object) {
        return objc_retain.invoke(address(RETAIN), object);
    }

    /** Takes one from an object's reference count; {@code nil} is allowed. */
    public final void release(MemorySegment object) {
        objc_release.invoke(address(RELEASE), object);
    }

    /** Hands one reference count to the innermost autorelease pool and returns the object; {@code nil} is allowed. */
    public final MemorySegment autorelease(MemorySegment object) {
        return objc_autorelease.invoke(address(AUTORELEASE), object);
    }

    /** The size in bytes of a page of memory: a no-copy buffer begins and ends at one. */
    public final int pageSize() {
        return getpagesize.invoke(address(GET_PAGE_SIZE));
    }

    /** The blocks of this provider, and the handlers that wait for them. */
    public final Blocks blocks() {
        return blocks;
    }

    /** Whether an object pointer is {@code nil}. */
    public static boolean isNil(MemorySegment object) {
        return object.address() == 0;
    }
}
