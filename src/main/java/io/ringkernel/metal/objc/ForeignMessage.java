package io.ringkernel.metal.objc;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** A message that the bindings do not have: a selector, and the C type of its arguments and result. */
public final class ForeignMessage {
    private static final ConcurrentHashMap<FunctionDescriptor, MethodHandle> HANDLES = new ConcurrentHashMap<>();

    private final String selector;
    private final FunctionDescriptor type;
    private final MethodHandle handle;

    /**
     * A message.
     *
     * @param type of the result and of the arguments that follow receiver and selector
     */
    public ForeignMessage(String selector, FunctionDescriptor type) {
        this.selector = selector;
        this.type = type.insertArgumentLayouts(0, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        this.handle = HANDLES.computeIfAbsent(this.type, ForeignMessage::downcall);
    }

    // SAFETY: what the type says of the message is the caller's word; the package that offers this says so.
    @SuppressWarnings("restricted")
    private static MethodHandle downcall(FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(type);
    }

    /** The selector. */
    public String selector() {
        return selector;
    }

    /** The C type, receiver and selector included. */
    public FunctionDescriptor type() {
        return type;
    }

    /**
     * Sends the message. Needs an autorelease pool.
     *
     * @param arguments of the handle's types
     * @param results where a struct result is allocated
     * @return the result; null for none
     * @throws ClassCastException if an argument has not the type that the message's descriptor says
     */
    public Object send(ObjectiveC objc, MemorySegment receiver, List<Object> arguments, Arena results) {
        var all = new ArrayList<Object>();
        all.add(objc.functionFor(receiver, selector, type));
        if (type.returnLayout().orElse(null) instanceof GroupLayout) {
            all.add((SegmentAllocator) results);
        }
        all.add(receiver);
        all.add(objc.registerSelector(selector));
        all.addAll(arguments);
        try {
            return handle.invokeWithArguments(all);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
    }
}
