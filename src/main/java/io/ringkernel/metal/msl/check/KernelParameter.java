package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.texture.TextureUse;
import java.util.List;
import java.util.Optional;

/** How a kernel's parameter gets its value. The variable of a buffer or threadgroup parameter is always a pointer. */
public sealed interface KernelParameter {

    Variable variable();

    /**
     * A device or constant buffer at {@code [[buffer(index)]]}. {@code enabledBy} is the bool function constant
     * expression of {@code function_constant(...)} in the attribute: when false the parameter does not exist (reads as
     * null).
     */
    record Buffer(Variable variable, int index, boolean isReference, Optional<TypedExpression> enabledBy)
            implements KernelParameter {
        public Type.Pointer pointer() {
            return (Type.Pointer) variable.type();
        }
    }

    /** A table of visible functions at {@code [[buffer(index)]]}; the variable is a struct that holds a pointer. */
    record FunctionTable(Variable variable, int index) implements KernelParameter {}

    /**
     * {@code count} textures or samplers at {@code [[texture(index)]]} or {@code [[sampler(index)]]} and the indices
     * after it, whose handles are the variable's value; {@code use} is what a texture is taken for, and empty for a
     * sampler. {@code enabledBy} is as of a buffer.
     */
    record Resource(
            Variable variable, int index, int count, Optional<TextureUse> use, Optional<TypedExpression> enabledBy)
            implements KernelParameter {}

    /** Threadgroup memory of a length set at dispatch, at {@code [[threadgroup(index)]]}. */
    record Threadgroup(Variable variable, int index) implements KernelParameter {}

    /** A struct by value: its leaves are those of parameters before it, which are bound each for itself. */
    record Members(Variable variable, List<Variable> members) implements KernelParameter {}

    /** What no dispatch can give; {@code construct} words it. No pipeline can be made of the kernel. */
    record Unsupported(Variable variable, String construct) implements KernelParameter {}

    /** A thread position or size; the variable is ushort or uint, or a vector of them. */
    record Input(Variable variable, KernelInput input) implements KernelParameter {}
}
