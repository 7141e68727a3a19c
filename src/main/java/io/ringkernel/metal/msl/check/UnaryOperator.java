package io.ringkernel.metal.msl.check;

/** Prefix operators that are left after checking: {@code -x}, {@code ~x}, {@code !x}. */
public enum UnaryOperator {
    NEGATE,
    COMPLEMENT,
    NOT
}
