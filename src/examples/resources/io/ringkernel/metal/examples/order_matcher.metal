// Matches limit orders. The structs Order, Fill and Book are those of the Java records.

constant constexpr int BUY = 0;
constant constexpr int PRICES = 128;

void handle(thread RingContext& ring) {
    const device Order& order = message_as<Order>(ring);
    device Book& book = state_as<Book>(ring);
    bool buys = order.side == BUY;
    device int* opposite = buys ? book.asks : book.bids;
    int price = buys ? 0 : PRICES - 1;
    int step = buys ? 1 : -1;
    int left = order.quantity;
    long cost = 0;
    while (left > 0 && (order.price - price) * step >= 0) {
        int traded = min(left, opposite[price]);
        opposite[price] -= traded;
        left -= traded;
        cost += long(traded) * long(price);
        price += step;
    }
    device int* own = buys ? book.bids : book.asks;
    own[order.price] += left;
    Fill fill = {order.id, order.quantity - left, cost, left};
    reply(ring, fill);
}
