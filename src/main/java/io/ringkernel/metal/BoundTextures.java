package io.ringkernel.metal;

import java.util.Arrays;
import java.util.BitSet;

/** What textures one compute encoder has bound, and whether a pipeline can use them. */
final class BoundTextures {
    private final BitSet known = new BitSet();
    private MetalTextureDescriptor[] descriptors = new MetalTextureDescriptor[0];

    /** A texture is bound; null when there is to be none. */
    void set(int index, MetalTextureDescriptor descriptor) {
        if (index >= descriptors.length) {
            descriptors = Arrays.copyOf(descriptors, Math.min(MetalLimits.TEXTURE_SLOTS, 2 * index + 2));
        }
        descriptors[index] = descriptor;
        known.set(index);
    }

    /**
     * Checks what a pipeline uses.
     *
     * @throws IllegalStateException if it uses a texture about which nothing was said
     * @throws IllegalArgumentException if a texture is of another shape, or not for what the pipeline does with it
     */
    void check(MetalPipeline pipeline) {
        for (var binding : pipeline.textures()) {
            var wanted = binding.texture().orElseThrow();
            if (wanted.arrayLength() == 1 && !known.get(binding.index())) {
                throw new IllegalStateException(pipeline.label() + " uses '" + binding.name()
                        + "', and no texture is bound at index " + binding.index());
            }
            for (int i = 0; i < wanted.arrayLength(); i++) {
                int index = binding.index() + i;
                if (index < descriptors.length && descriptors[index] != null) {
                    check(pipeline, binding, index);
                }
            }
        }
    }

    private void check(MetalPipeline pipeline, MetalBinding binding, int index) {
        var wanted = binding.texture().orElseThrow();
        var texture = descriptors[index];
        if (texture.type() != wanted.type()) {
            throw mismatch(pipeline, binding, index, "is " + texture.type() + ", not " + wanted.type());
        }
        if (wanted.isDepth() && !texture.format().isDepthOrStencil()) {
            throw mismatch(pipeline, binding, index, "has no depth, but " + texture.format());
        }
        if (binding.access() != MetalBinding.Access.WRITE_ONLY) {
            requireUsage(pipeline, binding, index, MetalTextureUsage.SHADER_READ);
        }
        if (binding.access() != MetalBinding.Access.READ_ONLY) {
            requireUsage(pipeline, binding, index, MetalTextureUsage.SHADER_WRITE);
        }
    }

    private void requireUsage(MetalPipeline pipeline, MetalBinding binding, int index, MetalTextureUsage usage) {
        if (!descriptors[index].usage().contains(usage)) {
            throw mismatch(pipeline, binding, index, "was not made for " + usage);
        }
    }

    private static IllegalArgumentException mismatch(
            MetalPipeline pipeline, MetalBinding binding, int index, String text) {
        return new IllegalArgumentException("the texture at index " + index + ", which is '" + binding.name() + "' of "
                + pipeline.label() + ", " + text);
    }
}
