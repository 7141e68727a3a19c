package io.ringkernel.metal.software.library;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.gpu.DeviceObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** A visible function as one pipeline knows it: what an entry of the pipeline's tables can be. */
public final class MTLFunctionHandle extends DeviceObject {
    private final Strong<MTLComputePipelineState> pipeline;
    private final String name;
    private final int number;

    MTLFunctionHandle(MTLComputePipelineState pipeline, String name, int number) {
        super(pipeline.origin());
        this.pipeline = new Strong<>(pipeline);
        this.name = name;
        this.number = number;
    }

    MTLComputePipelineState pipeline() {
        return pipeline.get();
    }

    /** Which of its library's visible functions it is, from 1. */
    int number() {
        return number;
    }

    @Selector("functionType")
    long functionType() {
        return Mtl.MTLFunctionTypeVisible();
    }

    @Selector("name")
    String name() {
        return name;
    }

    @Override
    protected void dealloc() {
        pipeline.clear();
        super.dealloc();
    }
}
