package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.msl.MslResource;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** One thing that a kernel wants bound. */
public abstract class MTLBinding extends NSObject {
    private final String name;
    private final long index;
    private final boolean used;

    MTLBinding(ObjectRuntime runtime, String name, long index, boolean used) {
        super(runtime);
        this.name = name;
        this.index = index;
        this.used = used;
    }

    static MTLBinding of(ObjectRuntime runtime, MslArgument argument) {
        return switch (argument.kind()) {
            case BUFFER -> new MTLBufferBinding(runtime, argument);
            case THREADGROUP -> new MTLThreadgroupBinding(runtime, argument);
            case FUNCTION_TABLE -> new MTLFunctionTableBinding(runtime, argument);
        };
    }

    static MTLBinding of(ObjectRuntime runtime, MslResource resource) {
        return resource.isTexture()
                ? new MTLTextureBinding(runtime, resource)
                : new MTLSamplerBinding(runtime, resource);
    }

    /** The access of a buffer or of threadgroup memory. */
    static long accessOf(MslArgument argument) {
        return argument.access() == MslArgument.Access.READ
                ? Mtl.MTLBindingAccessReadOnly()
                : Mtl.MTLBindingAccessReadWrite();
    }

    @Selector("name")
    String name() {
        return name;
    }

    @Selector("type")
    abstract long type();

    @Selector("access")
    abstract long access();

    @Selector("index")
    long index() {
        return index;
    }

    @Selector("isUsed")
    boolean isUsed() {
        return used;
    }

    @Selector("isArgument")
    boolean isArgument() {
        return true;
    }
}
