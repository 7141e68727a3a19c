package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.syntax.FunctionType;
import java.util.List;

/**
 * A kernel entry: {@code name} as the host looks it up ("ns::k" or its host_name), and its parameters in order of the
 * function's. {@code maxTotalThreadsPerThreadgroup} is 0 unless the attribute is there.
 */
public record Kernel(
        String name, TypedFunction function, List<KernelParameter> parameters, int maxTotalThreadsPerThreadgroup)
        implements LibraryFunction {
    @Override
    public FunctionType type() {
        return FunctionType.KERNEL;
    }
}
