package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.syntax.SourcePosition;

/**
 * {@code constant T name [[function_constant(index)]];} with a scalar or vector type (MSL specification, section 5.8).
 */
public record FunctionConstant(String name, int index, Type type, SourcePosition position) {}
