package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import io.ringkernel.metal.msl.syntax.FunctionType;
import java.util.List;
import java.util.Map;

/**
 * A compiled source. Bytecode for a kernel is made when it is first specialised, and kept; safe for use by many
 * threads.
 *
 * <p>After {@link #close} no kernel can be specialised; kernels that were go on working. The generated classes are
 * unloaded once nothing refers to the library's kernels.
 */
public interface MslLibrary extends AutoCloseable {

    /** What the host can ask for, in source order: kernels, and functions of other pipelines. */
    List<MslFunction> functions();

    /** The kernels' names as the host looks them up, in source order. */
    default List<String> kernelNames() {
        return functions().stream()
                .filter(function -> function.type() == FunctionType.KERNEL)
                .map(MslFunction::name)
                .toList();
    }

    /** All function constants, in source order. */
    List<MslFunctionConstant> functionConstants();

    /**
     * The function constants that a kernel looks at, in source order; of a function of another type, all.
     *
     * @throws IllegalArgumentException when there is no such function
     */
    List<MslFunctionConstant> functionConstants(String functionName);

    /** Warnings of the compilation. */
    List<Diagnostic> warnings();

    /** The layouts of all complete structs at program scope, by name. */
    Map<String, Type.Struct> structs();

    /**
     * The kernel with these values for function constants.
     *
     * @param constants little-endian bytes by index of the constant, as long as its type's size; 3-component vectors
     *     have the size of 4
     * @throws IllegalArgumentException when there is no such kernel, when a constant that it requires has no value, or
     *     a value has the wrong size
     * @throws UnsupportedOperationException when the kernel uses what only a pipeline of another kind has
     */
    MslKernel specialize(String kernelName, Map<Integer, byte[]> constants);

    /** Lets the generated classes go; idempotent. */
    @Override
    void close();
}
