package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.Variable;
import java.util.Collection;
import java.util.Map;

/** Finds out whether a constant's value waits for the function constants that a pipeline gets. */
final class RuntimeValues {
    private RuntimeValues() {}

    /** Whether an initialiser reads a function constant, itself or through constants initialised so. */
    static boolean dependsOnPipeline(TypedExpression expression, Map<Variable, TypedExpression> initializers) {
        return reads(expression, initializers);
    }

    private static boolean reads(Object part, Map<Variable, TypedExpression> initializers) {
        return switch (part) {
            case TypedExpression.FunctionConstantValue _, TypedExpression.FunctionConstantDefined _ -> true;
            case Place.OfVariable(Variable variable) -> {
                var initializer = initializers.get(variable);
                yield initializer != null && reads(initializer, initializers);
            }
            case Collection<?> many -> many.stream().anyMatch(one -> reads(one, initializers));
            case TypedExpression expression -> componentsRead((Record) expression, initializers);
            case Place place -> componentsRead((Record) place, initializers);
            case null, default -> false;
        };
    }

    private static boolean componentsRead(Record node, Map<Variable, TypedExpression> initializers) {
        for (var component : node.getClass().getRecordComponents()) {
            try {
                if (reads(component.getAccessor().invoke(node), initializers)) {
                    return true;
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("unreadable tree: " + component, e);
            }
        }
        return false;
    }
}
