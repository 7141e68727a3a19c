package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.FunctionType;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.Statement;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The body of one function. An error ends the check of its statement, not of the body. */
final class Statements {
    private final Analysis analysis;
    private final Symbol.Function function;
    private final TypeSyntax deducedSyntax;
    private final LocalDeclarations locals;
    private QualType deduced;
    private Variable constructed;
    private int loops;
    private int breakables;

    /** {@code deducedSyntax} is the result type as written if it contains {@code auto}, else null. */
    Statements(Analysis analysis, Symbol.Function function, TypeSyntax deducedSyntax) {
        this.analysis = analysis;
        this.function = function;
        this.deducedSyntax = deducedSyntax;
        this.locals = new LocalDeclarations(
                analysis,
                function.declaration()
                        .modifiers()
                        .functionType()
                        .filter(FunctionType::hasThreadgroups)
                        .isPresent());
    }

    QualType deducedResult() {
        return deduced == null ? QualType.VOID : deduced;
    }

    /** The statements of a body; parameters and locals share its scope. */
    TypedStatement.Block body(Statement.Compound body, Scope scope) {
        var outer = analysis.enter(function);
        try {
            return new TypedStatement.Block(statements(body.statements(), scope), body.position());
        } finally {
            analysis.leave(outer);
        }
    }

    /** A constructor's body: it returns {@code self} wherever it returns. */
    TypedStatement.Block constructorBody(Statement.Compound body, Scope scope, Variable self) {
        constructed = self;
        return body(body, scope);
    }

    private List<TypedStatement> statements(List<Statement> statements, Scope scope) {
        var result = new ArrayList<TypedStatement>();
        for (var statement : statements) {
            statementInto(statement, scope, result);
        }
        return result;
    }

    /** Adds what a statement becomes; declarations become several. */
    private void statementInto(Statement statement, Scope scope, List<TypedStatement> result) {
        analysis.diagnostics.reach(statement.position());
        if (statement instanceof Statement.DeclarationStatement(var _, var declarations)) {
            declarations.forEach(declaration -> locals.declare(declaration, scope, result));
            AutoTypes.requireSame(declarations, scope, analysis.diagnostics);
            return;
        }
        try {
            result.add(check(statement, scope));
        } catch (Refusal refusal) {
            refusal.reportTo(analysis.diagnostics);
        }
    }

    /** One statement; errors in it leave an empty block. */
    private TypedStatement nested(Statement statement, Scope scope) {
        var inner = scope.controlled();
        if (statement instanceof Statement.Compound(var position, var statements, var _)) {
            return new TypedStatement.Block(statements(statements, inner), position);
        }
        var result = new ArrayList<TypedStatement>();
        statementInto(statement, inner, result);
        return result.size() == 1 && !(result.getFirst() instanceof TypedStatement.Declare)
                ? result.getFirst()
                : new TypedStatement.Block(result, statement.position());
    }

    private TypedStatement check(Statement statement, Scope scope) {
        return switch (statement) {
            case Statement.Compound(var position, var inner, var _) ->
                new TypedStatement.Block(statements(inner, scope.block()), position);
            case Statement.ExpressionStatement(var position, var expression) ->
                new TypedStatement.Evaluate(evaluated(expression, scope), position);
            case Statement.Empty(var position) -> new TypedStatement.Block(List.of(), position);
            case Statement.If branch -> branch(branch, scope);
            case Statement.Switch choice -> {
                breakables++;
                try {
                    yield new SwitchStatements(analysis).check(choice, scope, this::statementInto, locals);
                } finally {
                    breakables--;
                }
            }
            case Statement.While loop -> whileLoop(loop, scope);
            case Statement.DoWhile loop -> {
                var body = loopBody(loop.body(), scope.block());
                var condition = analysis.conversions.condition(analysis.expressions.check(loop.condition(), scope));
                yield new TypedStatement.Loop(Optional.of(condition), body, Optional.empty(), true, loop.position());
            }
            case Statement.For loop -> forLoop(loop, scope);
            case Statement.RangeFor loop -> {
                loops++;
                breakables++;
                try {
                    yield new RangeLoops(analysis, locals).check(loop, scope, this::nested);
                } finally {
                    loops--;
                    breakables--;
                }
            }
            case Statement.Break(var position) -> {
                if (breakables == 0) {
                    throw Refusal.at(position, "'break' statement not in loop or switch statement");
                }
                yield new TypedStatement.Break(position);
            }
            case Statement.Continue(var position) -> {
                if (loops == 0) {
                    throw Refusal.at(position, "'continue' statement not in loop statement");
                }
                yield new TypedStatement.Continue(position);
            }
            case Statement.Return result -> returned(result, scope);
            case Statement.Attributed(var _, var _, var body) -> check(body, scope);
            case Statement.DeclarationStatement declaration -> nested(declaration, scope);
            case Statement.Goto(var position, var _) -> throw Refusal.at(position, "'goto' is not supported in Metal");
            case Statement.Label(var position, var _, var _) ->
                throw Refusal.at(position, "labels are not supported in Metal");
            case Statement.Try attempt ->
                throw Refusal.at(attempt.position(), "cannot use 'try' with exceptions disabled");
            case Statement.Case label -> throw Refusal.at(label.position(), "'case' statement not in switch statement");
            case Statement.Default label ->
                throw Refusal.at(label.position(), "'default' statement not in switch statement");
        };
    }

    private TypedExpression evaluated(Expression expression, Scope scope) {
        var operand = analysis.expressions.check(expression, scope);
        if (operand instanceof Operand.Located located && located.value() == null) {
            var isPlain = located.type().type() instanceof CppType.Scalar
                    || located.type().isVector();
            return isPlain
                    ? analysis.conversions.value(located)
                    : located.addressable()
                            ? analysis.conversions.address(located, true)
                            : new TypedExpression.Zero(Trees.VOID, expression.position());
        }
        return analysis.conversions.value(operand);
    }

    private TypedStatement branch(Statement.If branch, Scope outer) {
        var scope = outer.block();
        var before = new ArrayList<TypedStatement>();
        branch.initial().ifPresent(initial -> statementInto(initial, scope, before));
        var condition = condition(branch.condition(), scope, before);
        if (branch.isConstexpr()) {
            if (!(analysis.evaluator.evaluate(condition) instanceof Long bits)) {
                throw Refusal.at(branch.position(), "constexpr if condition is not a constant expression");
            }
            var taken = bits != 0 ? Optional.of(branch.whenTrue()) : branch.whenFalse();
            taken.ifPresent(statement -> before.add(nested(statement, scope)));
            return new TypedStatement.Block(before, branch.position());
        }
        var whenTrue = nested(branch.whenTrue(), scope);
        var whenFalse = branch.whenFalse().map(statement -> nested(statement, scope));
        var result = new TypedStatement.If(condition, whenTrue, whenFalse, branch.position());
        return block(before, result);
    }

    private static TypedStatement block(List<TypedStatement> before, TypedStatement last) {
        if (before.isEmpty()) {
            return last;
        }
        before.add(last);
        return new TypedStatement.Block(before, last.position());
    }

    /** A condition; a variable that it declares is declared into {@code before}. */
    private TypedExpression condition(Statement.Condition condition, Scope scope, List<TypedStatement> before) {
        return switch (condition) {
            case Statement.Condition.OfExpression(var expression) ->
                analysis.conversions.condition(analysis.expressions.check(expression, scope));
            case Statement.Condition.OfDeclaration(var variable) -> {
                locals.declare(variable, scope, before);
                var name = Name.of(variable.position(), variable.name().last().text());
                var use = new Expression.NameUse(variable.position(), name);
                yield analysis.conversions.condition(analysis.expressions.check(use, scope));
            }
        };
    }

    private TypedStatement loopBody(Statement body, Scope scope) {
        loops++;
        breakables++;
        try {
            return nested(body, scope);
        } finally {
            loops--;
            breakables--;
        }
    }

    private TypedStatement whileLoop(Statement.While loop, Scope outer) {
        var scope = outer.block();
        var before = new ArrayList<TypedStatement>();
        var condition = condition(loop.condition(), scope, before);
        var body = loopBody(loop.body(), scope);
        if (before.isEmpty()) {
            return new TypedStatement.Loop(Optional.of(condition), body, Optional.empty(), false, loop.position());
        }
        return declaringLoop(before, condition, body, Optional.empty(), loop.position());
    }

    /** A loop whose condition declares a variable anew each time. */
    private static TypedStatement declaringLoop(
            List<TypedStatement> declaration,
            TypedExpression condition,
            TypedStatement body,
            Optional<TypedExpression> step,
            SourcePosition position) {
        declaration.add(
                new TypedStatement.If(condition, body, Optional.of(new TypedStatement.Break(position)), position));
        var whole = new TypedStatement.Block(declaration, position);
        return new TypedStatement.Loop(Optional.empty(), whole, step, false, position);
    }

    private TypedStatement forLoop(Statement.For loop, Scope outer) {
        var scope = outer.block();
        var before = new ArrayList<TypedStatement>();
        statementInto(loop.initial(), scope, before);
        var declared = new ArrayList<TypedStatement>();
        var condition = loop.condition().map(c -> condition(c, scope, declared));
        var step = loop.step().map(s -> evaluated(s, scope));
        var body = loopBody(loop.body(), scope);
        var result = declared.isEmpty()
                ? new TypedStatement.Loop(condition, body, step, false, loop.position())
                : declaringLoop(declared, condition.orElseThrow(), body, step, loop.position());
        before.removeIf(statement -> statement instanceof TypedStatement.Block(var inner, var _) && inner.isEmpty());
        return block(before, result);
    }

    private TypedStatement returned(Statement.Return result, Scope scope) {
        var position = result.position();
        if (constructed != null) {
            if (result.value().isPresent()) {
                throw Refusal.at(position, "constructor '" + function.name() + "' should not return a value");
            }
            return new TypedStatement.Return(Optional.of(Trees.read(constructed, position)), position);
        }
        if (deducedSyntax != null) {
            deduceFrom(result, scope);
        }
        var type = deducedSyntax != null ? deduced : function.result();
        if (type.isVoid()) {
            return returnedVoid(result, scope);
        }
        if (result.value().isEmpty()) {
            throw Refusal.at(position, "non-void function '" + function.name() + "' should return a value");
        }
        var style = new Initializer(
                position, Initializer.Style.COPY, List.of(result.value().get()));
        var value = analysis.initialization.initialise(type, style, scope, "return object");
        return new TypedStatement.Return(Optional.of(value), position);
    }

    private TypedStatement returnedVoid(Statement.Return result, Scope scope) {
        if (result.value().isEmpty()) {
            return new TypedStatement.Return(Optional.empty(), result.position());
        }
        var value = analysis.conversions.value(
                analysis.expressions.check(result.value().get(), scope));
        if (!value.type().equals(Trees.VOID)) {
            throw Refusal.at(result.position(), "void function '" + function.name() + "' should not return a value");
        }
        var statements = List.of(
                new TypedStatement.Evaluate(value, result.position()),
                new TypedStatement.Return(Optional.empty(), result.position()));
        return new TypedStatement.Block(List.copyOf(statements), result.position());
    }

    private void deduceFrom(Statement.Return result, Scope scope) {
        var type = result.value().isEmpty()
                ? QualType.VOID
                : AutoTypes.deduce(analysis, deducedSyntax, result.value().get(), scope);
        if (deduced != null && !deduced.equals(type)) {
            throw Refusal.at(
                    result.position(),
                    "'auto' in return type deduced as '" + type + "' here but deduced as '" + deduced
                            + "' in earlier return statement");
        }
        deduced = type;
        if (function.result() == null) {
            function.setResult(type);
        }
    }
}
