package io.ringkernel.metal.msl.random;

import java.util.function.ToIntFunction;

/**
 * A scalar that can be written.
 *
 * @param isFixed whether no subscript stands in it
 * @param isAddressable whether a pointer can lead to it: not to a component of a vector
 */
record Place(String text, ToIntFunction<ThreadState> cell, boolean isFixed, boolean isAddressable) {

    Term load() {
        return Term.of(text, s -> s.cells[cell.applyAsInt(s)]);
    }

    int cellIn(ThreadState state) {
        return cell.applyAsInt(state);
    }
}
