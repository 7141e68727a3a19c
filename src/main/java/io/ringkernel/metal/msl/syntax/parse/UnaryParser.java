package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Expression.UnaryOperator;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses prefix operators, C-style casts, and the operators that are words. */
final class UnaryParser {
    private static final Map<String, UnaryOperator> PREFIX = Map.of(
            "+", UnaryOperator.PLUS,
            "-", UnaryOperator.MINUS,
            "!", UnaryOperator.NOT,
            "~", UnaryOperator.COMPLEMENT,
            "*", UnaryOperator.DEREFERENCE,
            "&", UnaryOperator.ADDRESS_OF,
            "++", UnaryOperator.PRE_INCREMENT,
            "--", UnaryOperator.PRE_DECREMENT);

    private final Parser parser;
    private final Tokens tokens;

    UnaryParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Expression parse() {
        var token = tokens.peek();
        if (token.is(TokenKind.IDENTIFIER)) {
            return word();
        }
        if (!token.is(TokenKind.PUNCTUATOR)) {
            return parser.expressions.postfix();
        }
        var operator = PREFIX.get(token.text());
        if (operator != null) {
            tokens.take();
            return new Expression.Unary(token.position(), operator, parser.chained(this::parse));
        }
        if (token.is("(")) {
            var type = castType();
            if (type != null) {
                return cast(token.position(), type);
            }
        }
        boolean global = token.is("::")
                && (tokens.peek(1).isWord("new") || tokens.peek(1).isWord("delete"));
        if (global) {
            tokens.take();
            return word();
        }
        return parser.expressions.postfix();
    }

    private Expression word() {
        var position = tokens.position();
        return switch (tokens.peek().text()) {
            case "sizeof" -> sizeof(position);
            case "alignof", "_Alignof", "__alignof__" -> alignof(position);
            case "noexcept" -> {
                tokens.take();
                parser.expect("(");
                var operand = parser.expressions.expression();
                parser.expectClosing(")", "(", position);
                yield new Expression.Noexcept(position, operand);
            }
            case "new" -> newExpression(position);
            case "delete" -> {
                tokens.take();
                boolean array = tokens.at("[") && tokens.peek(1).is("]");
                tokens.skip(array ? 2 : 0);
                yield new Expression.Delete(position, array, parser.chained(this::parse));
            }
            default -> parser.expressions.postfix();
        };
    }

    /** The type between parentheses of a C-style cast, or null if the parenthesis is none; consumed if it is. */
    private TypeSyntax castType() {
        int mark = tokens.mark();
        tokens.take();
        if (!parser.types.atType()) {
            tokens.reset(mark);
            return null;
        }
        TypeSyntax type = parser.attempt(() -> {
            var parsed = parser.types.typeId();
            parser.expect(")");
            return parsed;
        });
        boolean functionType = type instanceof TypeSyntax.Function;
        if (type == null || functionType) {
            tokens.reset(mark);
            return null;
        }
        return type;
    }

    private Expression cast(SourcePosition position, TypeSyntax type) {
        if (tokens.at("{")) {
            return new Expression.BracedConstruct(position, type, parser.expressions.initializerList());
        }
        return new Expression.CStyleCast(position, type, parser.chained(this::parse));
    }

    private Expression sizeof(SourcePosition position) {
        tokens.take();
        if (tokens.accept("...")) {
            parser.expect("(");
            var pack = parser.names.identifier();
            parser.expect(")");
            return new Expression.SizeofPack(position, pack);
        }
        var type = tokens.at("(") ? castType() : null;
        if (type != null && !tokens.at("{")) {
            return new Expression.SizeofType(position, type);
        }
        var operand = type == null ? parser.chained(this::parse) : cast(position, type);
        return new Expression.SizeofExpression(position, operand);
    }

    private Expression alignof(SourcePosition position) {
        tokens.take();
        var type = tokens.at("(") ? castType() : null;
        if (type == null) {
            throw parser.error("expected parentheses around type name in alignof expression");
        }
        return new Expression.Alignof(position, type);
    }

    private Expression newExpression(SourcePosition position) {
        tokens.take();
        List<Expression> placement = List.of();
        TypeSyntax type = null;
        if (tokens.at("(")) {
            type = castType();
            placement = type == null ? parser.expressions.arguments() : placement;
        }
        type = type == null ? parser.declarators.conversionType() : type;
        while (tokens.at("[")) {
            var open = tokens.take().position();
            type = new TypeSyntax.Array(open, type, Optional.of(parser.expressions.expression()));
            parser.expectClosing("]", "[", open);
        }
        return new Expression.New(position, placement, type, newInitializer());
    }

    private Optional<Initializer> newInitializer() {
        var position = tokens.position();
        if (tokens.at("(")) {
            return Optional.of(new Initializer(position, Initializer.Style.DIRECT, parser.expressions.arguments()));
        }
        if (tokens.at("{")) {
            var list = parser.expressions.initializerList();
            return Optional.of(new Initializer(position, Initializer.Style.LIST, List.of(list)));
        }
        return Optional.empty();
    }

    /** {@code throw}, {@code throw x}. */
    Expression throwExpression() {
        var position = tokens.take().position();
        boolean empty = tokens.at(";") || tokens.at(")") || tokens.at(":") || tokens.at(",");
        return new Expression.Throw(position, empty ? Optional.empty() : Optional.of(parser.expressions.assignment()));
    }
}
