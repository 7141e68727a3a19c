package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** One thing that a kernel wants bound. */
public abstract class MTLBinding extends NSObject {
    private final MslArgument argument;

    MTLBinding(ObjectRuntime runtime, MslArgument argument) {
        super(runtime);
        this.argument = argument;
    }

    static MTLBinding of(ObjectRuntime runtime, MslArgument argument) {
        return switch (argument.kind()) {
            case BUFFER -> new MTLBufferBinding(runtime, argument);
            case THREADGROUP -> new MTLThreadgroupBinding(runtime, argument);
            case FUNCTION_TABLE -> new MTLFunctionTableBinding(runtime, argument);
        };
    }

    final MslArgument argument() {
        return argument;
    }

    @Selector("name")
    String name() {
        return argument.name();
    }

    @Selector("type")
    abstract long type();

    @Selector("access")
    long access() {
        return argument.access() == MslArgument.Access.READ
                ? Mtl.MTLBindingAccessReadOnly()
                : Mtl.MTLBindingAccessReadWrite();
    }

    @Selector("index")
    long index() {
        return argument.index();
    }

    @Selector("isUsed")
    boolean isUsed() {
        return argument.active();
    }

    @Selector("isArgument")
    boolean isArgument() {
        return true;
    }
}
