package io.ringkernel.metal.software.foundation;

import io.ringkernel.metal.software.runtime.Export;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import java.lang.foreign.MemorySegment;

/** The C functions of libobjc and libSystem, for one provider. */
public final class RuntimeFunctions {
    /** That of Apple silicon: memory that is aligned for it is aligned for any Mac. */
    private static final int PAGE_SIZE = 16_384;

    private final ObjectRuntime runtime;

    public RuntimeFunctions(ObjectRuntime runtime) {
        this.runtime = runtime;
    }

    @Export("objc_getClass")
    ObjectClass getClass(MemorySegment name) {
        return runtime.classes().named(name.getString(0));
    }

    @Export("objc_getProtocol")
    ObjectClass getProtocol(MemorySegment name) {
        return runtime.classes().protocol(name.getString(0));
    }

    @Export("sel_registerName")
    MemorySegment registerName(MemorySegment name) {
        return MemorySegment.ofAddress(runtime.selectors().register(name.getString(0)));
    }

    @Export("sel_getName")
    MemorySegment getName(MemorySegment selector) {
        return runtime.selectors().bytes(selector.address());
    }

    @Export("object_getClass")
    ObjectClass classOf(@Nullable NSObject object) {
        return object == null ? null : object.objectClass();
    }

    @Export("object_getClassName")
    MemorySegment classNameOf(@Nullable NSObject object) {
        var name = object == null ? "nil" : object.objectClass().name();
        // A class name is interned like a selector: it must live as long as the class does.
        return runtime.selectors().bytes(runtime.selectors().register(name));
    }

    @Export("class_respondsToSelector")
    boolean respondsToSelector(@Nullable ObjectClass type, MemorySegment selector) {
        return type != null && type.instancesRespondTo(runtime.selectors().name(selector.address()));
    }

    @Export("objc_retain")
    NSObject retain(@Nullable NSObject object) {
        if (object != null) {
            object.retainForClient();
        }
        return object;
    }

    @Export("objc_release")
    void release(@Nullable NSObject object) {
        if (object != null) {
            object.releaseForClient();
        }
    }

    @Export("objc_autorelease")
    NSObject autorelease(@Nullable NSObject object) {
        return object == null ? null : runtime.autorelease(object);
    }

    @Export("objc_autoreleasePoolPush")
    MemorySegment poolPush() {
        return MemorySegment.ofAddress(runtime.pools().push());
    }

    @Export("objc_autoreleasePoolPop")
    void poolPop(MemorySegment token) {
        runtime.pools().pop(token.address());
    }

    @Export("dispatch_data_create")
    NSData dataCreate(MemorySegment bytes, long size, @Nullable NSObject queue, Block destructor) {
        var data = NSData.copyOf(runtime, bytes, size);
        if (destructor != null) {
            destructor.call(bytes.asSlice(0, size));
        }
        return data;
    }

    @Export("dispatch_data_get_size")
    long dataSize(NSData data) {
        return data.length();
    }

    @Export("dispatch_queue_create")
    DispatchQueue queueCreate(MemorySegment label, @Nullable NSObject attributes) {
        return new DispatchQueue(runtime, label.address() == 0 ? "" : label.getString(0));
    }

    @Export("getpagesize")
    int pageSize() {
        return PAGE_SIZE;
    }
}
