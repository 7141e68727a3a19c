package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.texture.TextureUse;
import java.util.Optional;

/**
 * A texture, a sampler, or an array of them, that a dispatch binds.
 *
 * @param index of the first among the textures or samplers; the others follow
 * @param count how many indices there are
 * @param use what the textures are taken for; empty for samplers
 * @param active whether the kernel uses it
 */
public record MslResource(String name, int index, int count, Optional<TextureUse> use, boolean active) {

    public boolean isTexture() {
        return use.isPresent();
    }
}
