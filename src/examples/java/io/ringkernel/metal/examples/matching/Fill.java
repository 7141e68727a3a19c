package io.ringkernel.metal.examples.matching;

/**
 * What became of an order.
 *
 * @param id the order's number
 * @param filled how much was traded at once
 * @param cost the sum of price times quantity over these trades
 * @param resting how much stays in the book
 */
public record Fill(int id, int filled, long cost, int resting) {}
