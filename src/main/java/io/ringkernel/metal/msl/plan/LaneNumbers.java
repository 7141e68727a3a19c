package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.run.KernelPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which of the worker's arrays each variable is in that has one: the number among those of its type. */
public final class LaneNumbers {
    private final Map<Var, Integer> numbers = new LinkedHashMap<>();
    private final int[] counts = new int[Slot.values().length];

    /** Gives a variable the next array. */
    void add(Var var) {
        numbers.put(var, counts[var.slot().ordinal()]++);
    }

    public Set<Var> vars() {
        return numbers.keySet();
    }

    public boolean contains(Var var) {
        return numbers.containsKey(var);
    }

    public int of(Var var) {
        return numbers.get(var);
    }

    /** How many arrays of each type there are. */
    public KernelPlan.LaneArrays arrays() {
        return new KernelPlan.LaneArrays(
                counts[Slot.INT.ordinal()],
                counts[Slot.LONG.ordinal()],
                counts[Slot.FLOAT.ordinal()],
                counts[Slot.SEGMENT.ordinal()]);
    }
}
