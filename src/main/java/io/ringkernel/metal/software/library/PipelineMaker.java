package io.ringkernel.metal.software.library;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.foundation.ErrorReference;
import io.ringkernel.metal.software.gpu.DeviceObject.Origin;
import io.ringkernel.metal.software.reflection.MTLComputePipelineReflection;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What a device does to make a pipeline: archives first, then the compiler, then reflection where it is wanted. */
public final class PipelineMaker {
    private PipelineMaker() {}

    /** A pipeline of a function alone; null with an error when it cannot be made. */
    public static MTLComputePipelineState make(
            Origin origin, MTLFunction function, long options, MemorySegment reflection, ErrorReference error) {
        var descriptor = new MTLComputePipelineDescriptor(origin.runtime());
        try {
            descriptor.setComputeFunction(function);
            return make(origin, descriptor, options, reflection, error);
        } finally {
            descriptor.releaseForClient();
        }
    }

    /** A pipeline as described; null with an error when it cannot be made. */
    public static MTLComputePipelineState make(
            Origin origin,
            MTLComputePipelineDescriptor descriptor,
            long options,
            MemorySegment reflection,
            ErrorReference error) {
        var function = descriptor.computeFunction();
        require(function != null, ViolationKind.NIL_ARGUMENT, "a pipeline descriptor without computeFunction");
        require(
                function.gpu() == origin.gpu(),
                ViolationKind.OTHER_DEVICE,
                "a function of another device: %s",
                function);
        try {
            function.requireSpecialized();
            requireInArchive(descriptor, options);
            var pipeline = MTLComputePipelineState.create(origin, descriptor);
            reflect(origin, pipeline, options, reflection);
            return pipeline;
        } catch (LibraryError e) {
            error.set(origin.runtime(), LibraryError.DOMAIN, e.code(), e.getMessage());
            return null;
        }
    }

    private static void requireInArchive(MTLComputePipelineDescriptor descriptor, long options) {
        if ((options & Mtl.MTLPipelineOptionFailOnBinaryArchiveMiss()) == 0) {
            return;
        }
        var archives = descriptor.binaryArchives();
        var key = descriptor.computeFunction().archiveKey();
        boolean found = archives != null
                && archives.elements(MTLBinaryArchive.class).stream().anyMatch(archive -> archive.contains(key));
        if (!found) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorFunctionNotFound(),
                    "not in the binary archives: "
                            + descriptor.computeFunction().name());
        }
    }

    private static void reflect(
            Origin origin, MTLComputePipelineState pipeline, long options, MemorySegment reflection) {
        long wanted = Mtl.MTLPipelineOptionBindingInfo() | Mtl.MTLPipelineOptionBufferTypeInfo();
        if (reflection.address() != 0 && (options & wanted) != 0) {
            var made = new MTLComputePipelineReflection(origin.runtime(), pipeline.kernel());
            reflection.set(
                    ValueLayout.JAVA_LONG_UNALIGNED,
                    0,
                    origin.runtime().autorelease(made).address());
        }
    }
}
