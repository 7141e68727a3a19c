package io.ringkernel.metal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a function is made into a pipeline ({@code MTLComputePipelineDescriptor}).
 *
 * @param label the name in tools and messages, or empty for the function's name
 * @param maxTotalThreadsPerThreadgroup the most threads that a threadgroup will have, so that the compiler may use
 *     registers accordingly; 0 leaves it to the compiler
 * @param wholeSimdgroups whether every threadgroup's size will be a multiple of the thread execution width
 * @param maxCallStackDepth how deep calls nest that cannot be inlined, such as recursion
 * @param indirectCommands whether commands of a {@link MetalIndirectCommandBuffer} will run it
 * @param archive where compiled code is looked up, if anywhere
 * @param linkedFunctions visible functions that the kernel may call through tables
 * @param shaderValidation whether the code checks what it does; before macOS 15 only the environment says
 */
public record MetalPipelineOptions(
        String label,
        int maxTotalThreadsPerThreadgroup,
        boolean wholeSimdgroups,
        int maxCallStackDepth,
        boolean indirectCommands,
        Optional<MetalBinaryArchive> archive,
        List<MetalFunction> linkedFunctions,
        MetalShaderValidation shaderValidation) {
    private static final MetalPipelineOptions DEFAULTS = new MetalPipelineOptions(
            "", 0, false, 1, false, Optional.empty(), List.of(), MetalShaderValidation.DEFAULT);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public MetalPipelineOptions {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(archive, "archive");
        Objects.requireNonNull(shaderValidation, "shaderValidation");
        linkedFunctions = List.copyOf(linkedFunctions);
        if (maxTotalThreadsPerThreadgroup < 0) {
            throw new IllegalArgumentException(
                    "maxTotalThreadsPerThreadgroup is negative: " + maxTotalThreadsPerThreadgroup);
        }
        if (maxCallStackDepth < 0) {
            throw new IllegalArgumentException("maxCallStackDepth is negative: " + maxCallStackDepth);
        }
    }

    /** Metal's defaults. */
    public static MetalPipelineOptions defaults() {
        return DEFAULTS;
    }

    /** The same options with another label. */
    public MetalPipelineOptions withLabel(String newLabel) {
        return new MetalPipelineOptions(
                newLabel,
                maxTotalThreadsPerThreadgroup,
                wholeSimdgroups,
                maxCallStackDepth,
                indirectCommands,
                archive,
                linkedFunctions,
                shaderValidation);
    }

    /**
     * The same options for threadgroups of at most so many threads.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public MetalPipelineOptions withMaxTotalThreadsPerThreadgroup(int threads) {
        return new MetalPipelineOptions(
                label,
                threads,
                wholeSimdgroups,
                maxCallStackDepth,
                indirectCommands,
                archive,
                linkedFunctions,
                shaderValidation);
    }

    /** The same options for threadgroups that are multiples of the thread execution width. */
    public MetalPipelineOptions withWholeSimdgroups() {
        return new MetalPipelineOptions(
                label,
                maxTotalThreadsPerThreadgroup,
                true,
                maxCallStackDepth,
                indirectCommands,
                archive,
                linkedFunctions,
                shaderValidation);
    }

    /**
     * The same options for calls that nest so deep.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public MetalPipelineOptions withMaxCallStackDepth(int depth) {
        return new MetalPipelineOptions(
                label,
                maxTotalThreadsPerThreadgroup,
                wholeSimdgroups,
                depth,
                indirectCommands,
                archive,
                linkedFunctions,
                shaderValidation);
    }

    /** The same options for a function that commands of a {@link MetalIndirectCommandBuffer} run. */
    public MetalPipelineOptions withIndirectCommands() {
        return new MetalPipelineOptions(
                label,
                maxTotalThreadsPerThreadgroup,
                wholeSimdgroups,
                maxCallStackDepth,
                true,
                archive,
                linkedFunctions,
                shaderValidation);
    }

    /** The same options with compiled code looked up in an archive, which must stay open until the pipeline is made. */
    public MetalPipelineOptions withArchive(MetalBinaryArchive binaryArchive) {
        return new MetalPipelineOptions(
                label,
                maxTotalThreadsPerThreadgroup,
                wholeSimdgroups,
                maxCallStackDepth,
                indirectCommands,
                Optional.of(binaryArchive),
                linkedFunctions,
                shaderValidation);
    }

    /**
     * The same options with visible functions that the kernel may call through a {@link MetalFunctionTable}; they must
     * stay open until the pipeline is made.
     */
    public MetalPipelineOptions withLinkedFunctions(MetalFunction... functions) {
        return new MetalPipelineOptions(
                label,
                maxTotalThreadsPerThreadgroup,
                wholeSimdgroups,
                maxCallStackDepth,
                indirectCommands,
                archive,
                List.of(functions),
                shaderValidation);
    }

    /** The same options with another shader validation. */
    public MetalPipelineOptions withShaderValidation(MetalShaderValidation validation) {
        return new MetalPipelineOptions(
                label,
                maxTotalThreadsPerThreadgroup,
                wholeSimdgroups,
                maxCallStackDepth,
                indirectCommands,
                archive,
                linkedFunctions,
                validation);
    }
}
