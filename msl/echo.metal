// Answers every message with its own payload.
void handle(thread RingContext& ring) {
    reply_payload(ring);
}
