package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A parsed declarator: the declared name, and the steps from the specifiers' type to the declared one. */
final class Declarator {
    /** In the order to be applied: {@code *} of {@code int *a[3]} before {@code [3]}. */
    final List<UnaryOperator<TypeSyntax>> steps = new ArrayList<>(2);

    final List<Attribute> attributes = new ArrayList<>(0);

    /** Null in an abstract declarator. */
    Name name;

    /** Where a qualified name belongs. */
    Optional<Scope> qualifier = Optional.empty();

    SourcePosition position;

    /** Whether it declares a parameter pack. */
    boolean pack;

    Declarator(SourcePosition position) {
        this.position = position;
    }

    TypeSyntax apply(TypeSyntax type) {
        var result = type;
        for (var step : steps) {
            result = step.apply(result);
        }
        return result;
    }
}
