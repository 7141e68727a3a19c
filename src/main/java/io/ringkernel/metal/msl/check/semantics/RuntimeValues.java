package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.check.Variable;
import java.util.Map;

/** Finds out whether a constant's value waits for the function constants that a pipeline gets. */
final class RuntimeValues extends TypedWalk {
    private final Map<Variable, TypedExpression> initializers;
    private boolean found;

    private RuntimeValues(Map<Variable, TypedExpression> initializers) {
        this.initializers = initializers;
    }

    /** Whether an initialiser reads a function constant, itself or through constants initialised so. */
    static boolean dependsOnPipeline(TypedExpression expression, Map<Variable, TypedExpression> initializers) {
        var walk = new RuntimeValues(initializers);
        walk.expression(expression);
        return walk.found;
    }

    @Override
    public void expression(TypedExpression expression) {
        found |= expression instanceof TypedExpression.FunctionConstantValue
                || expression instanceof TypedExpression.FunctionConstantDefined;
        if (!found) {
            super.expression(expression);
        }
    }

    @Override
    public void place(Place place) {
        if (place instanceof Place.OfVariable(Variable variable) && initializers.get(variable) != null) {
            expression(initializers.get(variable));
        }
        super.place(place);
    }
}
