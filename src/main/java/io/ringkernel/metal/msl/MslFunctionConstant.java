package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.builtin.Type;

/**
 * A function constant of a library.
 *
 * @param type a scalar or vector
 * @param required whether a kernel that uses it cannot be made without a value
 */
public record MslFunctionConstant(String name, int index, Type type, boolean required) {}
