package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.NSObject_alloc;
import io.ringkernel.metal.bindings.NSObject_description;
import io.ringkernel.metal.bindings.NSObject_init;
import java.lang.foreign.MemorySegment;

/** What every Objective-C object can do. */
public final class NSObject {
    private static final Message ALLOC = Message.of(NSObject_alloc.class);
    private static final Message INIT = Message.of(NSObject_init.class);
    private static final Message DESCRIPTION = Message.of(NSObject_description.class);

    private NSObject() {}

    /**
     * An object of a class that was not initialised yet; the {@code init} message that must follow consumes it.
     *
     * @throws UnsupportedOperationException if there is no class of this name
     */
    public static MemorySegment alloc(ObjectiveC objc, String className) {
        var send = objc.bind(ALLOC);
        return NSObject_alloc.invoke(send.function(), objc.classNamed(className), send.selector());
    }

    /**
     * A new object, {@code [[Class alloc] init]}.
     *
     * @throws UnsupportedOperationException if there is no class of this name
     */
    public static Retained make(ObjectiveC objc, String className) {
        var send = objc.bind(INIT);
        var object = NSObject_init.invoke(send.function(), alloc(objc, className), send.selector());
        return Retained.of(objc, INIT, object);
    }

    /** The object's own words for itself. Needs an autorelease pool. */
    public static String description(ObjectiveC objc, MemorySegment object) {
        var send = objc.bind(DESCRIPTION);
        return NSString.toJava(objc, NSObject_description.invoke(send.function(), object, send.selector()));
    }
}
