package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import java.util.List;

/**
 * A checked translation unit. {@code functions} are those that the host finds by name, in source order. Constants are
 * in initialisation order; an initialiser may read earlier constants and function constants. {@code structs} are all
 * complete structs named at program scope, for layout reflection.
 */
public record Program(
        List<LibraryFunction> functions,
        List<GlobalConstant> constants,
        List<FunctionConstant> functionConstants,
        List<Type.Struct> structs,
        List<Diagnostic> warnings) {

    /** The kernels among the functions. */
    public List<Kernel> kernels() {
        return functions.stream()
                .filter(Kernel.class::isInstance)
                .map(Kernel.class::cast)
                .toList();
    }

    /** A program-scope constant with its value. */
    public record GlobalConstant(Variable variable, TypedExpression initializer) {}
}
