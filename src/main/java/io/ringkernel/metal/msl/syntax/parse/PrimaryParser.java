package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Expression.CastKind;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.preprocess.NumberLiteral;
import io.ringkernel.metal.msl.syntax.preprocess.QuotedText;
import io.ringkernel.metal.msl.syntax.preprocess.Token;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses literals, names, parentheses, constructions and casts that begin with a word. */
final class PrimaryParser {
    private final Parser parser;
    private final Tokens tokens;
    private final LambdaParser lambdas;

    PrimaryParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.lambdas = new LambdaParser(parser);
    }

    Expression parse() {
        var token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER -> number(tokens.take());
            case CHARACTER -> character(tokens.take());
            case STRING -> string();
            case IDENTIFIER -> word(token);
            case PUNCTUATOR -> punctuator(token);
            default -> throw parser.error("expected expression");
        };
    }

    private Expression punctuator(Token token) {
        return switch (token.text()) {
            case "(" -> parenthesized();
            case "[" -> lambdas.parse();
            case "::" -> name();
            default -> throw parser.error("expected expression");
        };
    }

    private Expression number(Token token) {
        return switch (NumberLiteral.parse(token.text())) {
            case NumberLiteral.Whole whole ->
                new Expression.IntegerLiteral(
                        token.position(), whole.value(), whole.decimal(), whole.unsigned(), whole.longs());
            case NumberLiteral.Floating floating ->
                new Expression.FloatLiteral(token.position(), floating.value(), floating.suffix());
            case NumberLiteral.Malformed malformed -> throw parser.error(token.position(), malformed.message());
        };
    }

    private Expression character(Token token) {
        var text = quoted(token);
        if (text.value().isEmpty()) {
            throw parser.error(token.position(), "empty character constant");
        }
        if (text.value().codePointCount(0, text.value().length()) > 1) {
            throw parser.error(token.position(), "multi-character character constant");
        }
        return new Expression.CharLiteral(token.position(), text.value().codePointAt(0), text.prefix());
    }

    private Expression string() {
        var position = tokens.position();
        var value = new StringBuilder();
        while (tokens.peek().is(TokenKind.STRING)) {
            value.append(quoted(tokens.take()).value());
        }
        return new Expression.StringLiteral(position, value.toString());
    }

    private QuotedText quoted(Token token) {
        var text = QuotedText.parse(token.text());
        text.problem().ifPresent(problem -> parser.warn(token.position(), problem));
        return text;
    }

    private Expression word(Token token) {
        var position = token.position();
        switch (token.text()) {
            case "true", "false" -> {
                return new Expression.BoolLiteral(position, tokens.take().isWord("true"));
            }
            case "nullptr" -> {
                tokens.take();
                return new Expression.NullptrLiteral(position);
            }
            case "this" -> {
                tokens.take();
                return new Expression.This(position);
            }
            case "static_cast" -> {
                return cast(CastKind.STATIC);
            }
            case "const_cast" -> {
                return cast(CastKind.CONST);
            }
            case "reinterpret_cast" -> {
                return cast(CastKind.REINTERPRET);
            }
            case "dynamic_cast" -> {
                return cast(CastKind.DYNAMIC);
            }
            case "typeid" -> {
                return typeid();
            }
            case "operator" -> {
                return name();
            }
            default -> {
                return typeOrName(token);
            }
        }
    }

    private Expression typeOrName(Token token) {
        if (token.isWord("decltype") && !isDecltypeScope() || token.isWord("typename")) {
            return construction(parser.types.specifiers(TypeParser.Place.TYPE).qualifiedType());
        }
        if (token.text().startsWith("__is_") && tokens.peek(1).is("(")) {
            return typeTrait();
        }
        if (token.isWord("decltype") || Keywords.isName(token)) {
            return name();
        }
        if (Keywords.FUNDAMENTAL.contains(token.text()) || token.isWord("auto")) {
            return construction(parser.types.specifiers(TypeParser.Place.TYPE).qualifiedType());
        }
        throw parser.error("expected expression");
    }

    /** {@code __is_empty(T)}: in the tree it is the template-id {@code __is_empty<T>}. */
    private Expression typeTrait() {
        var name = tokens.take();
        var open = tokens.take().position();
        var arguments = new ArrayList<Argument>();
        do {
            arguments.add(new Argument.OfType(tokens.position(), parser.types.typeId()));
        } while (tokens.accept(","));
        parser.expectClosing(")", "(", open);
        var id = new Name.TemplateId(name.position(), name.text(), List.copyOf(arguments));
        return new Expression.NameUse(name.position(), new Name(name.position(), false, List.of(id)));
    }

    private boolean isDecltypeScope() {
        int closer = tokens.closerOf(tokens.mark() + 1);
        return closer >= 0 && tokens.get(closer + 1).is("::");
    }

    private Expression name() {
        var parsed = parser.names.parse();
        var position = parsed.name().position();
        if (parsed.isType()) {
            return construction(new TypeSyntax.Named(position, parsed.name(), false));
        }
        return new Expression.NameUse(position, parsed.name());
    }

    private Expression construction(TypeSyntax type) {
        if (tokens.at("(")) {
            return new Expression.Construct(type.position(), type, parser.expressions.arguments());
        }
        if (tokens.at("{")) {
            return new Expression.BracedConstruct(type.position(), type, parser.expressions.initializerList());
        }
        throw parser.error("expected '(' for function-style cast or type construction");
    }

    private Expression cast(CastKind kind) {
        var position = tokens.take().position();
        if (!tokens.accept("<")) {
            throw parser.error("expected '<' after '" + kind + "'");
        }
        var type = parser.types.typeId();
        parser.expect(">");
        var open = tokens.position();
        parser.expect("(");
        var operand = parser.expressions.expression();
        parser.expectClosing(")", "(", open);
        return new Expression.NamedCast(position, kind, type, operand);
    }

    private Expression typeid() {
        var position = tokens.take().position();
        var open = tokens.position();
        parser.expect("(");
        Argument operand = parser.names.argument(")");
        parser.expectClosing(")", "(", open);
        return new Expression.Typeid(position, operand);
    }

    private Expression parenthesized() {
        var open = tokens.take().position();
        Expression result;
        if (tokens.at("...")) {
            result = leftFold(open);
        } else {
            reportUnknownCast();
            var inner = parser.expressions.expression();
            result = rightFold(open, inner).orElse(new Expression.Parenthesized(open, inner));
        }
        parser.expectClosing(")", "(", open);
        return result;
    }

    /** {@code (Unknown *)x} can only be a cast to a type that was never declared. */
    private void reportUnknownCast() {
        boolean pointer = Keywords.isName(tokens.peek())
                && tokens.peek(1).is("*")
                && tokens.peek(2).is(")")
                && parser.scopes.lookup(tokens.peek().text()) == null;
        if (pointer) {
            throw parser.error("use of undeclared identifier '" + tokens.peek().text() + "'");
        }
    }

    /** {@code (... + xs)}. */
    private Expression leftFold(SourcePosition open) {
        tokens.take();
        warnFold(open);
        var fold = parser.expressions.foldOperator(Optional.empty());
        if (fold == null) {
            throw parser.error("expected a foldable binary operator in fold expression");
        }
        var right = Optional.of(parser.expressions.unary());
        return new Expression.Fold(fold.position(), fold.operator(), fold.assigning(), fold.left(), right);
    }

    /** {@code (xs + ...)}, {@code (xs + ... + 0)}: the first operand has been parsed. */
    private Optional<Expression> rightFold(SourcePosition open, Expression first) {
        if (tokens.at(")")) {
            return Optional.empty();
        }
        var fold = parser.expressions.foldOperator(Optional.of(first));
        if (fold == null || !tokens.accept("...")) {
            return Optional.empty();
        }
        warnFold(open);
        var second = parser.expressions.foldOperator(Optional.empty());
        if (second == null) {
            return Optional.of(fold);
        }
        if (second.operator() != fold.operator()) {
            throw parser.error(second.position(), "operators in fold expression must be the same");
        }
        var right = Optional.of(parser.expressions.unary());
        return Optional.of(new Expression.Fold(fold.position(), fold.operator(), fold.assigning(), fold.left(), right));
    }

    private void warnFold(SourcePosition position) {
        parser.extension(position, "pack fold expression is a C++17 extension");
    }
}
