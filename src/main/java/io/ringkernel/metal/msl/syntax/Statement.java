package io.ringkernel.metal.msl.syntax;

import java.util.List;
import java.util.Optional;

/** A statement. */
public sealed interface Statement extends Node {
    /** {@code end} is the position of the closing brace. */
    record Compound(SourcePosition position, List<Statement> statements, SourcePosition end) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(statements, end);
        }
    }

    record ExpressionStatement(SourcePosition position, Expression expression) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(expression);
        }
    }

    /** One declaration statement can declare several things. */
    record DeclarationStatement(SourcePosition position, List<Declaration> declarations) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(declarations);
        }
    }

    /** {@code ;}. */
    record Empty(SourcePosition position) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of();
        }
    }

    /** {@code if}, also {@code if constexpr}; {@code initial} is C++17's part before the semicolon. */
    record If(
            SourcePosition position,
            boolean isConstexpr,
            Optional<Statement> initial,
            Condition condition,
            Statement whenTrue,
            Optional<Statement> whenFalse)
            implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(isConstexpr, initial, condition, whenTrue, whenFalse);
        }
    }

    record Switch(SourcePosition position, Optional<Statement> initial, Condition condition, Statement body)
            implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(initial, condition, body);
        }
    }

    /** {@code case value:}; {@code upTo} is the upper end of GNU's {@code case 1 ... 5}. */
    record Case(SourcePosition position, Expression value, Optional<Expression> upTo, Statement body)
            implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(value, upTo, body);
        }
    }

    record Default(SourcePosition position, Statement body) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(body);
        }
    }

    record While(SourcePosition position, List<LoopHint> hints, Condition condition, Statement body)
            implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(hints, condition, body);
        }
    }

    record DoWhile(SourcePosition position, List<LoopHint> hints, Statement body, Expression condition)
            implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(hints, body, condition);
        }
    }

    /** {@code initial} is a declaration, an expression or an empty statement. */
    record For(
            SourcePosition position,
            List<LoopHint> hints,
            Statement initial,
            Optional<Condition> condition,
            Optional<Expression> step,
            Statement body)
            implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(hints, initial, condition, step, body);
        }
    }

    /**
     * {@code for (T x : range)}; the variable is a {@code Variable} or a {@code StructuredBinding} without initializer.
     */
    record RangeFor(
            SourcePosition position,
            List<LoopHint> hints,
            Optional<Statement> initial,
            Declaration variable,
            Expression range,
            Statement body)
            implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(hints, initial, variable, range, body);
        }
    }

    record Break(SourcePosition position) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of();
        }
    }

    record Continue(SourcePosition position) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of();
        }
    }

    /** The value may be an {@link Expression.InitializerList}. */
    record Return(SourcePosition position, Optional<Expression> value) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(value);
        }
    }

    record Goto(SourcePosition position, String label) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(label);
        }
    }

    record Label(SourcePosition position, String name, Statement body) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(name, body);
        }
    }

    record Try(SourcePosition position, Compound body, List<Handler> handlers) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(body, handlers);
        }
    }

    /** {@code catch (T x)}; no parameter for {@code catch (...)}. */
    record Handler(SourcePosition position, Optional<Parameter> parameter, Compound body) implements Syntax {
        @Override
        public List<Object> parts() {
            return List.of(parameter, body);
        }
    }

    /** {@code [[fallthrough]];}, {@code [[likely]] x = 1;}. */
    record Attributed(SourcePosition position, List<Attribute> attributes, Statement body) implements Statement {
        @Override
        public List<Object> parts() {
            return List.of(attributes, body);
        }
    }

    /** What {@code if}, {@code switch}, {@code while} and {@code for} decide on. */
    sealed interface Condition extends Syntax {
        record OfExpression(Expression expression) implements Condition {
            @Override
            public List<Object> parts() {
                return List.of(expression);
            }
        }

        /** {@code if (int n = f())}. */
        record OfDeclaration(Declaration.Variable variable) implements Condition {
            @Override
            public List<Object> parts() {
                return List.of(variable);
            }
        }
    }
}
