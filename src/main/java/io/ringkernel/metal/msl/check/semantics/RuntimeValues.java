package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
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

    /**
     * Whether an initialiser has parts that only a pipeline knows, itself or through constants initialised so: function
     * constants, and the addresses of constants.
     */
    static boolean dependsOnPipeline(TypedExpression expression, Map<Variable, TypedExpression> initializers) {
        var walk = new RuntimeValues(initializers);
        walk.expression(expression);
        return walk.found;
    }

    @Override
    public void expression(TypedExpression expression) {
        found |= expression instanceof TypedExpression.AddressOf address && isConstant(address.place())
                || expression instanceof TypedExpression.NullPointer
                || expression instanceof TypedExpression.FunctionConstantValue
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

    /** Whether a place is a constant at program scope, or a part of one at a constant index. */
    private static boolean isConstant(Place place) {
        return switch (place) {
            case Place.OfVariable(var variable) -> variable.space() == AddressSpace.CONSTANT;
            case Place.Element element ->
                element.index() instanceof TypedExpression.Constant && isConstant(element.aggregate());
            case Place.Field field -> isConstant(field.struct());
            default -> false;
        };
    }
}
