package io.ringkernel.metal.software.library;

import io.ringkernel.metal.software.foundation.ErrorReference;
import io.ringkernel.metal.software.foundation.NSError;
import io.ringkernel.metal.software.runtime.MisuseException;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What is compiled on a thread of the device's own, so that the client need not wait. */
public final class Compilation {
    private Compilation() {}

    /** Makes an object; null with an error if it cannot be made. */
    public interface Make<T extends NSObject> {
        T make(ErrorReference error);
    }

    /** Hands over an object that was made, or else an error; both live while this runs. */
    public interface HandOver<T extends NSObject> {
        void accept(T made, NSError error);
    }

    /** Begins to make something of an object, which is kept meanwhile. */
    public static <T extends NSObject> void start(NSObject input, Make<T> make, HandOver<T> done) {
        input.retain();
        Thread.ofPlatform().daemon().name("software compiler").start(() -> {
            var runtime = input.runtime();
            long pool = runtime.pools().push();
            try {
                run(runtime, make, done);
            } catch (MisuseException e) {
                runtime.violations().record(e.kind(), e.getMessage());
            } catch (RuntimeException | Error e) {
                runtime.violations().record(ViolationKind.INTERNAL, "while compiling: " + e);
            } finally {
                runtime.pools().pop(pool);
                input.release();
            }
        });
    }

    private static <T extends NSObject> void run(ObjectRuntime runtime, Make<T> make, HandOver<T> done) {
        try (var arena = Arena.ofConfined()) {
            var slot = arena.allocate(ValueLayout.JAVA_LONG);
            T made = make.make(new ErrorReference(slot));
            long error = slot.get(ValueLayout.JAVA_LONG, 0);
            done.accept(made, error == 0 ? null : ObjectRuntime.object(NSError.class, error));
            if (made != null) {
                made.releaseForClient();
            }
        }
    }

    /** The object that a message puts into a slot; null for nil. */
    public static <T extends NSObject> T read(Class<T> type, MemorySegment slot) {
        long address = slot.get(ValueLayout.JAVA_LONG, 0);
        return address == 0 ? null : ObjectRuntime.object(type, address);
    }
}
