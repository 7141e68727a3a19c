package io.ringkernel.metal.msl.check.constant;

import io.ringkernel.metal.msl.check.Variable;
import java.util.IdentityHashMap;
import java.util.Map;

/** The variables of one call, and what it returned so far. */
final class Frame {
    private final Map<Variable, Object[]> cells = new IdentityHashMap<>();
    private Object returned;

    void put(Variable variable, Object value) {
        cells.put(variable, new Object[] {value});
    }

    /** The cell that holds the variable, or null. */
    Object[] cell(Variable variable) {
        return cells.get(variable);
    }

    Object returned() {
        return returned;
    }

    void setReturned(Object value) {
        returned = value;
    }
}
