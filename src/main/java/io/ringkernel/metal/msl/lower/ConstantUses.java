package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.check.FunctionConstant;
import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.KernelParameter;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.check.Variable;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Which function constants a kernel looks at, directly or through functions and program-scope constants. */
public final class ConstantUses {
    private final Set<FunctionConstant> read = new HashSet<>();
    private final Set<FunctionConstant> tested = new HashSet<>();

    private ConstantUses() {}

    public static ConstantUses of(Program program, Kernel kernel) {
        var uses = new ConstantUses();
        var scan = uses.new Scan(program);
        for (var parameter : kernel.parameters()) {
            if (parameter instanceof KernelParameter.Buffer buffer) {
                buffer.enabledBy().ifPresent(scan::expression);
            }
        }
        scan.function(kernel.function());
        return uses;
    }

    /** Whether the kernel looks at the constant, or at whether it has a value. */
    public boolean isUsed(FunctionConstant constant) {
        return read.contains(constant) || tested.contains(constant);
    }

    /** Whether the kernel reads the constant and never asks whether it has a value. */
    public boolean isRequired(FunctionConstant constant) {
        return read.contains(constant) && !tested.contains(constant);
    }

    private final class Scan extends TypedWalk {
        private final Map<Variable, TypedExpression> initializers = new HashMap<>();
        private final Set<TypedFunction> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        private Scan(Program program) {
            program.constants().forEach(c -> initializers.put(c.variable(), c.initializer()));
        }

        private void function(TypedFunction function) {
            if (seen.add(function)) {
                statement(function.body());
            }
        }

        @Override
        public void expression(TypedExpression expression) {
            switch (expression) {
                case TypedExpression.FunctionConstantValue value -> read.add(value.constant());
                case TypedExpression.FunctionConstantDefined defined -> tested.add(defined.constant());
                case TypedExpression.Call call -> function(call.function());
                default -> {
                    // Only what is inside.
                }
            }
            super.expression(expression);
        }

        @Override
        public void place(Place place) {
            if (place instanceof Place.OfVariable variable) {
                var initializer = initializers.remove(variable.variable());
                if (initializer != null) {
                    expression(initializer);
                }
            }
            super.place(place);
        }
    }
}
