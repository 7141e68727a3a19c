package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.syntax.FunctionType;

/** A function of a program that the host finds by its name. */
public sealed interface LibraryFunction permits Kernel, LibraryFunction.Visible, LibraryFunction.Graphics {

    /** As the host looks it up: "ns::f", or the function's host_name. */
    String name();

    FunctionType type();

    /** A function that kernels may call through a pointer. */
    record Visible(String name, TypedFunction function) implements LibraryFunction {
        @Override
        public FunctionType type() {
            return FunctionType.VISIBLE;
        }
    }

    /** A function of a render pipeline or for rays: checked, and never run. */
    record Graphics(String name, FunctionType type) implements LibraryFunction {}
}
