package io.ringkernel.metal.software.command;

import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.msl.MslResource;
import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.software.foundation.Size;
import io.ringkernel.metal.software.library.MTLComputePipelineState;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** What Metal's validation asks of a dispatch before it is encoded. */
final class DispatchCheck {
    private final MTLComputeCommandEncoder encoder;
    private final MTLComputePipelineState pipeline;
    private final ComputeBindings bindings;

    DispatchCheck(MTLComputeCommandEncoder encoder, MTLComputePipelineState pipeline, ComputeBindings bindings) {
        this.encoder = encoder;
        this.pipeline = pipeline;
        this.bindings = bindings;
    }

    void check(Size threadsPerThreadgroup) {
        if (pipeline == null) {
            throw encoder.refused(ViolationKind.NO_PIPELINE, "dispatch without setComputePipelineState:");
        }
        checkThreadgroup(threadsPerThreadgroup);
        long threadgroupMemory = pipeline.kernel().staticThreadgroupMemoryLength();
        for (var argument : pipeline.kernel().arguments()) {
            if (argument.kind() == MslArgument.Kind.THREADGROUP) {
                checkThreadgroupLength(argument);
                threadgroupMemory += bindings.threadgroupLength(argument.index());
            } else {
                checkKind(argument);
                checkBuffer(argument);
            }
        }
        pipeline.kernel().resources().stream().filter(MslResource::active).forEach(this::checkResource);
        int limit = encoder.gpu().limits().threadgroupMemory();
        if (threadgroupMemory > limit) {
            throw encoder.refused(
                    ViolationKind.THREADGROUP_MEMORY,
                    "threadgroup memory of kernel '%s' not in 0..%d: %d",
                    pipeline.kernel().name(),
                    limit,
                    threadgroupMemory);
        }
    }

    private void checkThreadgroup(Size size) {
        long limit = pipeline.maxTotalThreadsPerThreadgroup();
        if (!size.isPositive(limit) || size.width() * size.height() * size.depth() > limit) {
            throw encoder.refused(
                    ViolationKind.THREADGROUP_SIZE,
                    "threadsPerThreadgroup of kernel '%s' not in 1..%d threads: %s",
                    pipeline.kernel().name(),
                    limit,
                    size);
        }
        if (size.width() * size.height() * size.depth() % pipeline.threadgroupUnit() != 0) {
            throw encoder.refused(
                    ViolationKind.THREADGROUP_SIZE,
                    "threadsPerThreadgroup of kernel '%s' not a multiple of %d threads, as was promised: %s",
                    pipeline.kernel().name(),
                    pipeline.threadgroupUnit(),
                    size);
        }
    }

    private void checkThreadgroupLength(MslArgument argument) {
        if (argument.active() && bindings.threadgroupLength(argument.index()) == 0) {
            throw encoder.refused(
                    ViolationKind.UNBOUND_THREADGROUP_MEMORY,
                    "kernel '%s' uses threadgroup memory without a length: '%s' at index %d",
                    pipeline.kernel().name(),
                    argument.name(),
                    argument.index());
        }
    }

    /** A table can only be where the kernel wants one, and must be of its pipeline. */
    private void checkKind(MslArgument argument) {
        var table = bindings.table(argument.index());
        boolean wanted = argument.kind() == MslArgument.Kind.FUNCTION_TABLE;
        if (bindings.memory(argument.index()) != null && wanted != (table != null)) {
            throw encoder.refused(
                    ViolationKind.BAD_ARGUMENT,
                    "kernel '%s' wants %s at index %d: '%s'",
                    pipeline.kernel().name(),
                    wanted ? "a visible function table" : "a buffer",
                    argument.index(),
                    argument.name());
        }
        if (table != null && table.pipeline() != pipeline) {
            throw encoder.refused(
                    ViolationKind.BAD_ARGUMENT,
                    "a visible function table of another pipeline at index %d: '%s'",
                    argument.index(),
                    argument.name());
        }
    }

    private void checkResource(MslResource resource) {
        for (int i = resource.index(); i < resource.index() + resource.count(); i++) {
            if (resource.isTexture()) {
                checkTexture(resource, i);
            } else if (bindings.sampler(i) == null) {
                throw encoder.refused(
                        ViolationKind.UNBOUND_SAMPLER,
                        "kernel '%s' uses a sampler that is not bound: '%s' at index %d",
                        pipeline.kernel().name(),
                        resource.name(),
                        i);
            }
        }
    }

    private void checkTexture(MslResource resource, int index) {
        var texture = bindings.texture(index);
        if (texture == null) {
            // Kernels ask is_null_texture, and arrays need not be full: what is not there is refused when it is used.
            return;
        }
        var mismatch = resource.use().orElseThrow().mismatch(texture.texture());
        if (mismatch.isPresent()) {
            throw encoder.refused(
                    ViolationKind.TEXTURE_MISMATCH,
                    "kernel '%s' takes another texture as '%s' at index %d: %s %s",
                    pipeline.kernel().name(),
                    resource.name(),
                    index,
                    texture,
                    mismatch.get());
        }
    }

    private void checkBuffer(MslArgument argument) {
        var memory = bindings.memory(argument.index());
        if (memory == null) {
            if (argument.active()) {
                throw encoder.refused(
                        ViolationKind.UNBOUND_BUFFER,
                        "kernel '%s' uses a buffer that is not bound: '%s' at index %d",
                        pipeline.kernel().name(),
                        argument.name(),
                        argument.index());
            }
            return;
        }
        boolean isConstant = argument.space() == AddressSpace.CONSTANT && bindings.buffer(argument.index()) != null;
        int alignment = Math.max(
                argument.pointee().alignment(),
                isConstant ? encoder.gpu().limits().constantOffsetAlignment() : 1);
        if (memory.address() % alignment != 0) {
            throw encoder.refused(
                    ViolationKind.MISALIGNED,
                    "offset of '%s' at index %d not a multiple of %d",
                    argument.name(),
                    argument.index(),
                    alignment);
        }
        if (argument.isReference() && memory.byteSize() < argument.pointee().byteSize()) {
            throw encoder.refused(
                    ViolationKind.OUT_OF_RANGE,
                    "what is bound to '%s' at index %d is shorter than its type's %d bytes: %d",
                    argument.name(),
                    argument.index(),
                    argument.pointee().byteSize(),
                    memory.byteSize());
        }
    }
}
