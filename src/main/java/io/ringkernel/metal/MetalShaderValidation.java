package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** Whether a pipeline's code checks what it does at run time ({@code MTLShaderValidation}, macOS 15). */
public enum MetalShaderValidation {
    /** As the environment says: {@code MTL_SHADER_VALIDATION}. */
    DEFAULT(Mtl.MTLShaderValidationDefault()),
    /** It does, whatever the environment says. */
    ENABLED(Mtl.MTLShaderValidationEnabled()),
    /** It does not, whatever the environment says. */
    DISABLED(Mtl.MTLShaderValidationDisabled());

    private final long code;

    MetalShaderValidation(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }

    static MetalShaderValidation of(long code) {
        for (var validation : values()) {
            if (validation.code == code) {
                return validation;
            }
        }
        return DEFAULT;
    }
}
