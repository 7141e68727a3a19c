package io.ringkernel.metal.objc;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Gives a method handle an address that C can call, for a provider that builds its functions from method handles. */
public final class UpcallStub {
    private UpcallStub() {}

    /**
     * A function pointer of this C type.
     *
     * @param target of the descriptor's method type; nothing that it throws may leave it, and it returns neither null
     *     nor a heap segment: either would end the JVM
     * @param arena how long the pointer can be called
     * @throws IllegalArgumentException if the target's type is not the descriptor's
     */
    // SAFETY: the target's type is checked against the descriptor; its behaviour is the caller's duty, as said above.
    @SuppressWarnings("restricted")
    public static MemorySegment of(MethodHandle target, FunctionDescriptor type, Arena arena) {
        return Linker.nativeLinker().upcallStub(target, type, arena);
    }
}
