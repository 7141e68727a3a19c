package io.ringkernel.metal.examples.wave;

/**
 * A message: one tile goes one step further in time.
 *
 * @param from index of the tile's first stored cell in the step to read
 * @param to index of its first stored cell in the step before, which becomes the step after
 */
public record TileStep(int from, int to) {}
