package io.ringkernel.metal.msl.builtin;

import java.util.List;

/**
 * How one scalar component of a built-in's result is computed: {@code method} called with {@code operands}, one per
 * Java parameter. The value is rounded to the result's element type afterwards where that is half or bfloat.
 */
public record LibraryCall(LibraryMethod method, List<Operand> operands) {

    /** What one Java parameter receives. */
    public sealed interface Operand {}

    /**
     * A scalar of a source argument: {@code index} counts its components in order, 0 for a scalar; in a matrix column
     * by column ({@code column * rows + row}).
     */
    public record Component(int argument, int index) implements Operand {}

    /** An int that is fixed when the call is compiled. */
    public record Literal(int value) implements Operand {}

    public LibraryCall {
        operands = List.copyOf(operands);
        if (operands.size() != method.type().parameterCount()) {
            throw new IllegalArgumentException("one operand per parameter of " + method + ": " + operands);
        }
    }
}
