package io.ringkernel.metal.msl.syntax.preprocess;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Tokens to be read: those put back or produced by macros, then those from upstream, then {@code END}. */
final class TokenQueue {
    private final Deque<Token> front = new ArrayDeque<>();
    private final Supplier<Token> upstream;

    TokenQueue(Supplier<Token> upstream) {
        this.upstream = upstream;
    }

    /** The tokens of a list, and nothing after them. */
    static TokenQueue of(List<Token> tokens, Token end) {
        var queue = new TokenQueue(() -> end);
        queue.putBack(tokens);
        return queue;
    }

    Token take() {
        return front.isEmpty() ? upstream.get() : front.pop();
    }

    void putBack(Token token) {
        front.push(token);
    }

    void putBack(List<Token> tokens) {
        for (int i = tokens.size() - 1; i >= 0; i--) {
            front.push(tokens.get(i));
        }
    }
}
