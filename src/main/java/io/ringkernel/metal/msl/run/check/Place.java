package io.ringkernel.metal.msl.run.check;

/** Where an address is: {@code offset} bytes into memory that has a name. */
public record Place(String memory, long offset) {}
