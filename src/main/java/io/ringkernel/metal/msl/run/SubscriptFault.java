package io.ringkernel.metal.msl.run;

/** A subscript that an array does not have, before it is known where; the plan describes the array by its number. */
final class SubscriptFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int array;

    SubscriptFault(String index, int array) {
        super(index);
        this.array = array;
    }

    int array() {
        return array;
    }
}
