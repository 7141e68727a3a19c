package io.ringkernel.metal.msl.check;

/** Infix operators that evaluate both operands. */
public enum BinaryOperator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    REMAINDER,
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    SHIFT_LEFT,
    SHIFT_RIGHT,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL;

    /** Whether the result is bool. */
    public boolean isComparison() {
        return ordinal() >= EQUAL.ordinal();
    }
}
