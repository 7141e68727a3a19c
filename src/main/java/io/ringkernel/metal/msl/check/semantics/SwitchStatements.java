package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code switch}: labels directly in its block become cases in order. */
final class SwitchStatements {
    private static final long RANGE_LIMIT = 4096;

    /** Adds what a statement becomes to a list. */
    interface Checker {
        void check(Statement statement, Scope scope, List<TypedStatement> into);
    }

    private final Analysis analysis;
    private final List<TypedStatement.Case> cases = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private List<Long> labels = new ArrayList<>();
    private boolean isDefault;
    private boolean hasDefault;
    private List<TypedStatement> current;
    private final List<TypedStatement> hoisted = new ArrayList<>();
    private SourcePosition initialised;
    private QualType selectorType;

    SwitchStatements(Analysis analysis) {
        this.analysis = analysis;
    }

    TypedStatement check(Statement.Switch choice, Scope outer, Checker checker, LocalDeclarations locals) {
        var scope = outer.block();
        var before = new ArrayList<TypedStatement>();
        choice.initial().ifPresent(initial -> checker.check(initial, scope, before));
        var selector = selector(choice, scope, before, locals);
        var body = choice.body() instanceof Statement.Compound(var _, var statements, var _)
                ? statements
                : List.of(choice.body());
        var inner = scope.controlled();
        for (var statement : body) {
            statement(statement, inner, checker);
        }
        close();
        before.addAll(hoisted);
        var result = new TypedStatement.Switch(selector, cases, choice.position());
        if (before.isEmpty()) {
            return result;
        }
        before.add(result);
        return new TypedStatement.Block(before, choice.position());
    }

    private TypedExpression selector(
            Statement.Switch choice, Scope scope, List<TypedStatement> before, LocalDeclarations locals) {
        Operand operand;
        switch (choice.condition()) {
            case Statement.Condition.OfExpression(var expression) ->
                operand = analysis.expressions.check(expression, scope);
            case Statement.Condition.OfDeclaration(var variable) -> {
                locals.declare(variable, scope, before);
                operand =
                        analysis.expressions.check(new Expression.NameUse(variable.position(), variable.name()), scope);
            }
        }
        var type = operand.type();
        var isEnum = type != null && type.type() instanceof EnumSymbol;
        if (type == null || !isEnum && !type.isIntegral()) {
            throw Refusal.at(
                    operand.position(),
                    "statement requires expression of integer type (" + Operators.quoted(operand) + " invalid)");
        }
        selectorType = type.unqualified();
        var kind = ScalarConversions.promoted(kind(type));
        return Trees.convert(analysis.conversions.value(operand), new Type.Scalar(kind));
    }

    private void statement(Statement statement, Scope scope, Checker checker) {
        switch (statement) {
            case Statement.Case label -> {
                open(label.position());
                label(label, scope);
                statement(label.body(), scope, checker);
            }
            case Statement.Default label -> {
                open(label.position());
                if (hasDefault) {
                    throw Refusal.at(label.position(), "multiple default labels in one switch");
                }
                isDefault = true;
                hasDefault = true;
                statement(label.body(), scope, checker);
            }
            default -> {
                if (current == null) {
                    current = new ArrayList<>();
                }
                checker.check(statement, scope, current);
            }
        }
    }

    /** Begins a new run of labels if statements followed the last one. */
    private void open(SourcePosition label) {
        if (current != null) {
            close();
        }
        if (initialised != null) {
            throw Refusal.at(label, "cannot jump from switch statement to this case label")
                    .note(initialised, "jump bypasses variable initialization");
        }
    }

    private void close() {
        for (var statement : current == null ? List.<TypedStatement>of() : current) {
            if (statement instanceof TypedStatement.Declare(var _, var initializer, var position)
                    && initializer.isPresent()) {
                initialised = position;
            }
        }
        // Statements in front of the first label can never run; variables declared there are still in scope.
        if (cases.isEmpty() && labels.isEmpty() && !isDefault && current != null) {
            current.stream().filter(TypedStatement.Declare.class::isInstance).forEach(hoisted::add);
        }
        if (!labels.isEmpty() || isDefault) {
            cases.add(new TypedStatement.Case(List.copyOf(labels), isDefault, current == null ? List.of() : current));
        }
        labels = new ArrayList<>();
        isDefault = false;
        current = null;
    }

    private void label(Statement.Case label, Scope scope) {
        var first = value(label.value(), scope);
        var last = label.upTo().isPresent() ? value(label.upTo().get(), scope) : first;
        if (last - first > RANGE_LIMIT) {
            throw Refusal.unsupported(label.position(), "a case range of more than " + RANGE_LIMIT + " values");
        }
        for (long value = first; value <= last; value++) {
            if (!seen.add(value)) {
                throw Refusal.at(label.value().position(), "duplicate case value '" + value + "'");
            }
            labels.add(value);
        }
    }

    private long value(Expression expression, Scope scope) {
        var operand = analysis.expressions.check(expression, scope);
        var wanted = selectorType.type() instanceof EnumSymbol symbol && symbol.scoped()
                ? selectorType
                : QualType.of(ScalarConversions.promoted(kind(selectorType)));
        var sequence = operand.type() == null
                        || operand.type().isArithmetic()
                                && operand.type().scalar().isFloating()
                ? null
                : analysis.conversions.implicit(operand, wanted);
        if (sequence == null) {
            throw Refusal.at(
                    expression.position(),
                    "value of type " + Operators.quoted(operand) + " is not implicitly convertible to "
                            + wanted.quoted());
        }
        if (!(analysis.evaluator.evaluate(sequence.apply().get()) instanceof Long bits)) {
            throw notConstant(expression.position());
        }
        return bits;
    }

    private static ScalarType kind(QualType type) {
        return type.type() instanceof EnumSymbol symbol ? symbol.promoted() : type.scalar();
    }

    private static Refusal notConstant(SourcePosition position) {
        return Refusal.at(position, "case value is not a constant expression");
    }
}
