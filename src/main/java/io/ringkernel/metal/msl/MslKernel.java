package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.run.KernelArguments;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.KernelRun;
import java.util.List;

/** A kernel with all function constants given; safe for use by many threads. */
public interface MslKernel {

    String name();

    /** Buffers and threadgroup memory in parameter order; parameters that function constants disable are absent. */
    List<MslArgument> arguments();

    /** Textures and samplers in parameter order; parameters that function constants disable are absent. */
    List<MslResource> resources();

    /** The most threads a threadgroup may have: 1024, or less when the kernel says so. */
    int maxTotalThreadsPerThreadgroup();

    /**
     * What the kernel's {@code max_total_threads_per_threadgroup} says, or 0; it may be more than any device allows.
     */
    int declaredMaxTotalThreads();

    /** The width of a SIMD-group: 32. */
    int threadExecutionWidth();

    /** Bytes of threadgroup memory that the kernel's own variables take. */
    int staticThreadgroupMemoryLength();

    /**
     * Binds a dispatch.
     *
     * @throws KernelFault when an argument does not fit: an active buffer or threadgroup length is missing, shorter
     *     than the referenced type, or misaligned, or a threadgroup has too many threads
     */
    KernelRun prepare(KernelArguments arguments);
}
