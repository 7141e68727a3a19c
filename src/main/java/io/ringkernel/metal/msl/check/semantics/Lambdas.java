package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.SourcePosition;

/** Lambda expressions (MSL 3.2). */
final class Lambdas {
    private final Analysis analysis;

    Lambdas(Analysis analysis) {
        this.analysis = analysis;
    }

    Operand check(Expression.Lambda lambda, Scope scope) {
        throw Refusal.unsupported(lambda.position(), "a lambda expression");
    }

    Operand captured(Symbol.Captured captured, Scope scope, SourcePosition position) {
        throw Refusal.unsupported(position, "a captured variable of type " + analysis.version);
    }
}
