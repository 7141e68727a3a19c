package io.ringkernel.metal.examples.matching;

import io.ringkernel.metal.wire.RingMessage;

/**
 * The quantities that rest in the book at each price: the kernel's state.
 *
 * @param bids what buyers want
 * @param asks what sellers offer
 */
public record Book(
        @RingMessage.Length(PRICES) int[] bids,
        @RingMessage.Length(PRICES) int[] asks) {

    static final int PRICES = 128;

    static Book empty() {
        return new Book(new int[PRICES], new int[PRICES]);
    }

    /** The reference: what order_matcher.metal does, in Java. Changes this book. */
    Fill match(Order order) {
        int left = order.quantity();
        long cost = 0;
        boolean buys = order.side() == Order.BUY;
        int[] opposite = buys ? asks : bids;
        int best = buys ? 0 : PRICES - 1;
        int step = buys ? 1 : -1;
        for (int price = best; left > 0 && (order.price() - price) * step >= 0; price += step) {
            int traded = Math.min(left, opposite[price]);
            opposite[price] -= traded;
            left -= traded;
            cost += (long) traded * price;
        }
        (buys ? bids : asks)[order.price()] += left;
        return new Fill(order.id(), order.quantity() - left, cost, left);
    }
}
