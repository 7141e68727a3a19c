package io.ringkernel.metal.msl.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * Lets generated loops be interrupted at no cost: a loop calls {@link #poll}, which does nothing and is compiled to
 * nothing, until {@link #arm} makes the JVM discard that code and look at the worker's run. One per generated class.
 */
public final class Cancellation {
    private static final ClassValue<Cancellation> OF_CLASS = new ClassValue<>() {
        @Override
        protected Cancellation computeValue(Class<?> type) {
            return new Cancellation();
        }
    };
    private static final MethodType TYPE = MethodType.methodType(void.class, Worker.class);
    private static final MethodHandle CHECK = check();

    private final MutableCallSite site = new MutableCallSite(MethodHandles.empty(TYPE));

    private Cancellation() {}

    private static MethodHandle check() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(Worker.class, "requireNotCancelled", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Worker.requireNotCancelled", e);
        }
    }

    static Cancellation of(Class<?> generated) {
        return OF_CLASS.get(generated);
    }

    /** What the loops of a generated class call: {@code (Worker)void}. */
    public static MethodHandle poll(Class<?> generated) {
        return of(generated).site.dynamicInvoker();
    }

    /** From now on, loops look whether their run is cancelled. */
    void arm() {
        site.setTarget(CHECK);
        MutableCallSite.syncAll(new MutableCallSite[] {site});
    }
}
