package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.check.constant.ConstantEvaluator;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Constant subscripts outside of what they select from. Each is an error, unless its code cannot run: templates and
 * macros write such code behind a constant condition, and are right to.
 */
final class OutsideSubscripts {
    private final ConstantEvaluator evaluator;
    private final Diagnostics diagnostics;
    private final Map<TypedExpression.Constant, Outside> noted = new IdentityHashMap<>();

    private record Outside(int length, SourcePosition position) {}

    OutsideSubscripts(ConstantEvaluator evaluator, Diagnostics diagnostics) {
        this.evaluator = evaluator;
        this.diagnostics = diagnostics;
    }

    /** Notes a subscript of an object of so many elements, if it is a constant outside of it. */
    void note(TypedExpression index, int length, SourcePosition position) {
        if (index instanceof TypedExpression.Constant constant && isOutside(constant.bits(), length)) {
            noted.put(constant, new Outside(length, position));
        }
    }

    static boolean isOutside(long index, int length) {
        return index < 0 || index >= length;
    }

    /** Reports those that a function's body can reach. */
    void report(TypedStatement body) {
        if (!noted.isEmpty()) {
            new Reached().statement(body);
        }
    }

    /** Visits what can run, as far as constant conditions say. */
    private final class Reached extends TypedWalk {
        @Override
        public void statements(List<TypedStatement> statements) {
            for (var statement : statements) {
                statement(statement);
                if (leaves(statement)) {
                    return;
                }
            }
        }

        private static boolean leaves(TypedStatement statement) {
            return statement instanceof TypedStatement.Return
                    || statement instanceof TypedStatement.Break
                    || statement instanceof TypedStatement.Continue;
        }

        @Override
        public void statement(TypedStatement statement) {
            switch (statement) {
                case TypedStatement.If branch
                when isKnown(branch.condition()) -> {
                    if (isTrue(branch.condition())) {
                        statement(branch.then());
                    } else {
                        branch.otherwise().ifPresent(this::statement);
                    }
                }
                case TypedStatement.Loop loop
                when loop.condition().filter(this::isFalse).isPresent() -> {
                    if (loop.testsAtEnd()) {
                        statement(loop.body());
                    }
                }
                case TypedStatement.Switch selection when isKnown(selection.selector()) -> selected(selection);
                default -> super.statement(statement);
            }
        }

        /** The case that is chosen, and those behind it that it may fall into. */
        private void selected(TypedStatement.Switch selection) {
            long chosen = (Long) evaluator.evaluate(selection.selector());
            boolean isNamed =
                    selection.cases().stream().anyMatch(each -> each.labels().contains(chosen));
            boolean isReached = false;
            for (var each : selection.cases()) {
                isReached |= isNamed ? each.labels().contains(chosen) : each.isDefault();
                if (isReached) {
                    statements(each.statements());
                }
                if (isReached && each.statements().stream().anyMatch(Reached::leaves)) {
                    return;
                }
            }
        }

        @Override
        public void expression(TypedExpression expression) {
            switch (expression) {
                case TypedExpression.Conditional choice
                when isKnown(choice.condition()) ->
                    expression(isTrue(choice.condition()) ? choice.left() : choice.right());
                case TypedExpression.Logical logical
                when isKnown(logical.left()) && isTrue(logical.left()) != logical.isAnd() -> {
                    // The right side does not run.
                }
                case TypedExpression.Constant constant -> reached(constant);
                default -> super.expression(expression);
            }
        }

        private void reached(TypedExpression.Constant index) {
            var outside = noted.remove(index);
            if (outside != null) {
                diagnostics.error(
                        outside.position,
                        "index " + index.bits() + " is outside of the object, which has " + outside.length
                                + " elements");
            }
        }

        private boolean isKnown(TypedExpression condition) {
            return evaluator.evaluate(condition) instanceof Long;
        }

        private boolean isTrue(TypedExpression condition) {
            return (Long) evaluator.evaluate(condition) != 0;
        }

        private boolean isFalse(TypedExpression condition) {
            return isKnown(condition) && !isTrue(condition);
        }
    }
}
