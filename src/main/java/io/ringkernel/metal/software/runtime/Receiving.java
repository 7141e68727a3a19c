package io.ringkernel.metal.software.runtime;

import static java.lang.invoke.MethodType.methodType;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** The checks that every message passes before its method runs, and what happens to whatever the method throws. */
final class Receiving {
    static final MethodHandle INSTANCE;
    static final MethodHandle CLASS;
    static final MethodHandle FAIL_MESSAGE;
    static final MethodHandle FAIL_FUNCTION;

    static {
        var lookup = MethodHandles.lookup();
        try {
            var pointers = methodType(NSObject.class, MemorySegment.class, MemorySegment.class);
            INSTANCE = lookup.findVirtual(Receiving.class, "receive", pointers);
            CLASS = lookup.findVirtual(Receiving.class, "receiveByClass", pointers);
            FAIL_MESSAGE = lookup.findStatic(
                    Receiving.class,
                    "fail",
                    methodType(void.class, Throwable.class, String.class, MemorySegment.class, MemorySegment.class));
            FAIL_FUNCTION =
                    lookup.findStatic(Receiving.class, "fail", methodType(void.class, Throwable.class, String.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Named in what is reported. */
    private final Object message;

    private final Class<? extends NSObject> owner;
    private final int selector;

    Receiving(Object message, Class<? extends NSObject> owner, int selector) {
        this.message = message;
        this.owner = owner;
        this.selector = selector;
    }

    private NSObject receive(MemorySegment self, MemorySegment cmd) {
        var object = alive(self, cmd);
        if (!owner.isInstance(object)) {
            throw new MisuseException(
                    ViolationKind.UNRECOGNIZED_SELECTOR, "unrecognized " + message + " sent to " + object);
        }
        return object;
    }

    private NSObject receiveByClass(MemorySegment self, MemorySegment cmd) {
        var object = alive(self, cmd);
        if (!(object instanceof ObjectClass type) || !owner.isAssignableFrom(type.javaType())) {
            throw new MisuseException(
                    ViolationKind.UNRECOGNIZED_SELECTOR,
                    "unrecognized class message " + message + " sent to " + object);
        }
        return object;
    }

    private NSObject alive(MemorySegment self, MemorySegment cmd) {
        long sent = cmd.address();
        if (Addresses.tag(sent) != Addresses.SELECTOR || Addresses.index(sent) != selector) {
            throw new MisuseException(ViolationKind.SELECTOR_MISMATCH, mismatch(sent));
        }
        long address = self.address();
        if (address == 0) {
            throw new MisuseException(ViolationKind.NIL_RECEIVER, message + " sent to nil");
        }
        var object = ObjectRuntime.find(address);
        if (Addresses.provider(address) != Addresses.provider(sent)) {
            throw new MisuseException(
                    ViolationKind.UNKNOWN_OBJECT, message + " of one provider sent to an object of another: " + object);
        }
        ObjectRuntime.of(sent).pools().require(message);
        return object;
    }

    private String mismatch(long sent) {
        var runtime = ObjectRuntime.of(sent);
        boolean known = Addresses.tag(sent) == Addresses.SELECTOR && runtime != null;
        var name = known ? runtime.selectors().name(sent) : "0x" + Long.toHexString(sent);
        return message + " sent with the selector " + name;
    }

    private static void fail(Throwable thrown, String message, MemorySegment self, MemorySegment cmd) {
        var runtime = ObjectRuntime.of(cmd.address());
        if (runtime == null || Addresses.tag(cmd.address()) != Addresses.SELECTOR) {
            fail(thrown, message);
        } else {
            record(runtime, thrown, message);
        }
    }

    private static void fail(Throwable thrown, String function) {
        for (var runtime : ObjectRuntime.open()) {
            record(runtime, thrown, function);
        }
    }

    private static void record(ObjectRuntime runtime, Throwable thrown, String message) {
        var kind = thrown instanceof MisuseException misuse ? misuse.kind() : ViolationKind.INTERNAL;
        var text = thrown instanceof MisuseException ? thrown.getMessage() : thrown.toString();
        runtime.violations().record(kind, message + ": " + text, thrown);
    }
}
