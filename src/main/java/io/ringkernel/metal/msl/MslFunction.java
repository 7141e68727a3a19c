package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.syntax.FunctionType;

/** A function that the host finds in a library: its name there, and what it is. */
public record MslFunction(String name, FunctionType type) {}
