package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.NSObject_conformsToProtocol;
import io.ringkernel.metal.bindings.NSObject_isKindOfClass;
import io.ringkernel.metal.bindings.NSObject_respondsToSelector;
import io.ringkernel.metal.bindings.objc_getProtocol;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What an object says about itself. Each method needs an autorelease pool. */
public final class Introspection {
    private static final Message IS_KIND = Message.of(NSObject_isKindOfClass.class);
    private static final Message CONFORMS = Message.of(NSObject_conformsToProtocol.class);
    private static final Message RESPONDS = Message.of(NSObject_respondsToSelector.class);
    private static final CFunction GET_PROTOCOL = CFunction.of(objc_getProtocol.class);

    private Introspection() {}

    /** Whether the object is of a class or of one derived from it; false if there is no such class. */
    public static boolean isKindOf(ObjectiveC objc, MemorySegment object, String className) {
        if (!objc.hasClass(className)) {
            return false;
        }
        var send = objc.bind(IS_KIND);
        return NSObject_isKindOfClass.invoke(send.function(), object, send.selector(), objc.classNamed(className));
    }

    /** Whether the object adopts a protocol; false if there is no such protocol. */
    public static boolean conformsTo(ObjectiveC objc, MemorySegment object, String protocolName) {
        MemorySegment protocol;
        try (var arena = Arena.ofConfined()) {
            protocol = objc_getProtocol.invoke(objc.address(GET_PROTOCOL), arena.allocateFrom(protocolName));
        }
        if (ObjectiveC.isNil(protocol)) {
            return false;
        }
        var send = objc.bind(CONFORMS);
        return NSObject_conformsToProtocol.invoke(send.function(), object, send.selector(), protocol);
    }

    /** Whether the object answers a selector. */
    public static boolean respondsTo(ObjectiveC objc, MemorySegment object, String selector) {
        var send = objc.bind(RESPONDS);
        return NSObject_respondsToSelector.invoke(
                send.function(), object, send.selector(), objc.registerSelector(selector));
    }
}
