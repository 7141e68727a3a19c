package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLComputePipelineState_functionHandleWithFunction;
import io.ringkernel.metal.bindings.MTLComputePipelineState_newVisibleFunctionTableWithDescriptor;
import io.ringkernel.metal.bindings.MTLResourceID;
import io.ringkernel.metal.bindings.MTLVisibleFunctionTableDescriptor_setFunctionCount;
import io.ringkernel.metal.bindings.MTLVisibleFunctionTable_gpuResourceID;
import io.ringkernel.metal.bindings.MTLVisibleFunctionTable_setFunction_atIndex;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.Arena;
import java.util.Objects;

/**
 * Visible functions that the kernel of one pipeline calls by their index ({@code MTLVisibleFunctionTable}). Its entries
 * are empty at first; to call an empty one is undefined.
 */
public final class MetalFunctionTable extends MetalResource {
    private static final Message NEW_TABLE =
            Message.of(MTLComputePipelineState_newVisibleFunctionTableWithDescriptor.class);
    private static final Message HANDLE = Message.of(MTLComputePipelineState_functionHandleWithFunction.class);
    private static final Message SET_COUNT = Message.of(MTLVisibleFunctionTableDescriptor_setFunctionCount.class);
    private static final Message SET_FUNCTION = Message.of(MTLVisibleFunctionTable_setFunction_atIndex.class);
    private static final Message RESOURCE_ID = Message.of(MTLVisibleFunctionTable_gpuResourceID.class);

    /** No table of functions comes near; the driver would have to allocate it. */
    private static final int MOST = 1 << 20;

    private final MetalPipeline pipeline;
    private final int functionCount;

    private MetalFunctionTable(Retained retained, MetalPipeline pipeline, int functionCount) {
        super(retained, pipeline.device(), MetalStorageMode.PRIVATE);
        this.pipeline = pipeline;
        this.functionCount = functionCount;
    }

    static MetalFunctionTable make(MetalPipeline pipeline, int functionCount) {
        if (functionCount < 1 || functionCount > MOST) {
            throw new IllegalArgumentException("functionCount not in 1.." + MOST + ": " + functionCount);
        }
        var objc = pipeline.objc();
        try (var receiver = pipeline.receiver();
                var descriptor = NSObject.make(objc, "MTLVisibleFunctionTableDescriptor")) {
            var count = objc.bind(SET_COUNT);
            MTLVisibleFunctionTableDescriptor_setFunctionCount.invoke(
                    count.function(), descriptor.id(), count.selector(), functionCount);
            var send = objc.bind(NEW_TABLE);
            var table = MTLComputePipelineState_newVisibleFunctionTableWithDescriptor.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id());
            return new MetalFunctionTable(kept(objc, NEW_TABLE, table), pipeline, functionCount);
        }
    }

    static MetalFunctionHandle handle(MetalPipeline pipeline, MetalFunction function) {
        var send = pipeline.objc().bind(HANDLE);
        try (var receiver = pipeline.receiver();
                var held = function.heldFor(pipeline)) {
            var handle = MTLComputePipelineState_functionHandleWithFunction.invoke(
                    send.function(), receiver.id(), send.selector(), held.id());
            if (ObjectiveC.isNil(handle)) {
                throw new IllegalArgumentException(
                        function.name() + " is not linked into " + pipeline.label() + ": withLinkedFunctions");
            }
            return new MetalFunctionHandle(Retained.of(pipeline.objc(), HANDLE, handle), pipeline, function.name());
        }
    }

    /** The pipeline whose kernel can call the functions; it may be closed before the table. */
    public MetalPipeline pipeline() {
        return pipeline;
    }

    /** How many entries there are. */
    public int functionCount() {
        return functionCount;
    }

    /**
     * Puts a function into the table.
     *
     * @throws IndexOutOfBoundsException if there is no such entry
     * @throws IllegalArgumentException if the handle is one of another pipeline
     */
    public void setFunction(int index, MetalFunctionHandle function) {
        Objects.checkIndex(index, functionCount);
        if (function.pipeline() != pipeline) {
            throw new IllegalArgumentException(
                    function + " is of another pipeline than the table's, " + pipeline.label());
        }
        var send = objc().bind(SET_FUNCTION);
        try (var receiver = receiver();
                var held = function.heldFor(this)) {
            MTLVisibleFunctionTable_setFunction_atIndex.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), index);
        }
    }

    /** The number by which kernels know the table in an argument buffer (tier 2), where it takes 8 bytes. */
    public long gpuResourceId() {
        var send = objc().bind(RESOURCE_ID);
        try (var arena = Arena.ofConfined();
                var receiver = receiver()) {
            return MTLResourceID._impl(MTLVisibleFunctionTable_gpuResourceID.invoke(
                    send.function(), arena, receiver.id(), send.selector()));
        }
    }

    @Override
    public String toString() {
        return "MetalFunctionTable[" + functionCount + " of " + pipeline.label() + "]";
    }
}
