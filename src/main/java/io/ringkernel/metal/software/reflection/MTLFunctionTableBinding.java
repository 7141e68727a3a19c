package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.software.runtime.ObjectRuntime;

/** A table of visible functions that a kernel wants bound; no class of Metal's own describes it further. */
public final class MTLFunctionTableBinding extends MTLBinding {
    private final MslArgument argument;

    MTLFunctionTableBinding(ObjectRuntime runtime, MslArgument argument) {
        super(runtime, argument.name(), argument.index(), argument.active());
        this.argument = argument;
    }

    @Override
    long access() {
        return accessOf(argument);
    }

    @Override
    long type() {
        return Mtl.MTLBindingTypeVisibleFunctionTable();
    }
}
