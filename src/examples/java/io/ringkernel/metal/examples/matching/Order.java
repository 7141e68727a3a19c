package io.ringkernel.metal.examples.matching;

/**
 * A limit order: buys at {@code price} or below, or sells at {@code price} or above.
 *
 * @param id the number of the order
 * @param side {@link #BUY} or {@link #SELL}
 * @param price 0 to {@link Book#PRICES} - 1
 * @param quantity how much is wanted, positive
 */
public record Order(int id, int side, int price, int quantity) {
    static final int BUY = 0;
    static final int SELL = 1;
}
