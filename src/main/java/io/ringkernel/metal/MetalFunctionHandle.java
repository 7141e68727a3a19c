package io.ringkernel.metal;

import io.ringkernel.metal.objc.Retained;

/** A visible function as the code of one pipeline, to be put into its {@link MetalFunctionTable tables}. */
public final class MetalFunctionHandle extends MetalObject {
    private final MetalPipeline pipeline;
    private final String name;

    MetalFunctionHandle(Retained retained, MetalPipeline pipeline, String name) {
        super(retained);
        this.pipeline = pipeline;
        this.name = name;
    }

    MetalPipeline pipeline() {
        return pipeline;
    }

    /** The function's name. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return "MetalFunctionHandle[" + name + " of " + pipeline.label() + "]";
    }
}
