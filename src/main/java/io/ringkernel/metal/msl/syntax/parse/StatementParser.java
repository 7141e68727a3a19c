package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.Statement;
import io.ringkernel.metal.msl.syntax.Statement.Condition;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses statements that are not loops. */
final class StatementParser {
    private final Parser parser;
    private final Tokens tokens;
    private final LoopParser loops;

    StatementParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.loops = new LoopParser(parser);
    }

    /** A block in a scope of its own. */
    Statement.Compound compound() {
        var open = tokens.position();
        parser.expect("{");
        parser.scopes.push(new Scope(Scope.Kind.BLOCK));
        var list = new ArrayList<Statement>();
        while (!tokens.at("}") && !tokens.isAtEnd()) {
            var statement = parser.recovering(this::statement);
            if (statement != null) {
                list.add(statement);
            }
        }
        parser.scopes.pop();
        var end = tokens.position();
        parser.expectClosing("}", "{", open);
        return new Statement.Compound(open, List.copyOf(list), end);
    }

    Statement statement() {
        return parser.chained(this::one);
    }

    /** A statement that a condition or loop controls: what it declares is visible in it only. */
    Statement controlled() {
        parser.scopes.push(new Scope(Scope.Kind.BLOCK));
        var result = statement();
        parser.scopes.pop();
        return result;
    }

    private Statement one() {
        var token = tokens.peek();
        if (token.is(TokenKind.PRAGMA)) {
            return loops.pragmas();
        }
        if (token.is("{")) {
            return compound();
        }
        if (token.is(";")) {
            return new Statement.Empty(tokens.take().position());
        }
        if (parser.attributes.at() && !token.isWord("alignas")) {
            return attributed();
        }
        if (token.is(TokenKind.IDENTIFIER)) {
            var keyword = keyword(token.text(), token.position());
            if (keyword != null) {
                return keyword;
            }
        }
        return parser.declarations.atDeclaration() ? declaration() : expression();
    }

    /** The statement that begins with this word, or null if the word begins none. */
    private Statement keyword(String word, SourcePosition position) {
        return switch (word) {
            case "if" -> ifStatement();
            case "switch" -> switchStatement();
            case "for", "while", "do" -> loops.loop(List.of());
            case "case" -> caseLabel();
            case "default" -> defaultLabel();
            case "return" -> returnStatement();
            case "break" -> {
                tokens.take();
                parser.expectSemicolon("after break statement");
                yield new Statement.Break(position);
            }
            case "continue" -> {
                tokens.take();
                parser.expectSemicolon("after continue statement");
                yield new Statement.Continue(position);
            }
            case "goto" -> gotoStatement();
            case "try" -> tryStatement();
            case "else" -> throw parser.error("expected expression");
            default -> Keywords.isName(tokens.peek()) && tokens.peek(1).is(":") ? label() : null;
        };
    }

    private Statement attributed() {
        int mark = tokens.mark();
        var position = tokens.position();
        var attributes = parser.attributes.parse();
        if (parser.declarations.atDeclaration()) {
            tokens.reset(mark);
            return declaration();
        }
        return new Statement.Attributed(position, attributes, statement());
    }

    private Statement expression() {
        var position = tokens.position();
        var expression = parser.expressions.expression();
        parser.expectSemicolon("after expression");
        return new Statement.ExpressionStatement(position, expression);
    }

    /** A declaration statement, with its semicolon. */
    Statement declaration() {
        var position = tokens.position();
        var list = new ArrayList<Declaration>();
        parser.declarations.inBlock(list);
        return new Statement.DeclarationStatement(position, List.copyOf(list));
    }

    private Statement ifStatement() {
        var position = tokens.take().position();
        boolean isConstexpr = tokens.atWord("constexpr");
        if (isConstexpr) {
            parser.extension(tokens.take().position(), "constexpr if is a C++17 extension");
        }
        parser.scopes.push(new Scope(Scope.Kind.BLOCK));
        var head = head("if");
        var whenTrue = controlled();
        Optional<Statement> whenFalse = tokens.acceptWord("else") ? Optional.of(controlled()) : Optional.empty();
        parser.scopes.pop();
        return new Statement.If(position, isConstexpr, head.initial, head.condition, whenTrue, whenFalse);
    }

    private Statement switchStatement() {
        var position = tokens.take().position();
        parser.scopes.push(new Scope(Scope.Kind.BLOCK));
        var head = head("switch");
        var body = controlled();
        parser.scopes.pop();
        return new Statement.Switch(position, head.initial, head.condition, body);
    }

    private record Head(Optional<Statement> initial, Condition condition) {}

    /** {@code (initial; condition)}. */
    private Head head(String keyword) {
        var open = tokens.position();
        if (!tokens.at("(")) {
            throw parser.error("expected '(' after '" + keyword + "'");
        }
        boolean hasInitial = loops.hasSemicolon(tokens.mark());
        tokens.take();
        Optional<Statement> initial = Optional.empty();
        if (hasInitial) {
            parser.extension(tokens.position(), "'" + keyword + "' initialization statements are a C++17 extension");
            initial = Optional.of(simple());
        }
        var condition = condition();
        parser.expectClosing(")", "(", open);
        return new Head(initial, condition);
    }

    /** A declaration, an expression or nothing, up to its semicolon. */
    Statement simple() {
        if (tokens.at(";")) {
            return new Statement.Empty(tokens.take().position());
        }
        return parser.declarations.atDeclaration() ? declaration() : expression();
    }

    /** What an {@code if}, {@code switch}, {@code while} or {@code for} decides on. */
    Condition condition() {
        if (!parser.declarations.atDeclaration()) {
            return new Condition.OfExpression(parser.expressions.expression());
        }
        var specifiers = parser.types.specifiers(TypeParser.Place.TYPE);
        if (specifiers.type == null) {
            throw parser.declarations.missingType();
        }
        var declarator = parser.declarators.parse(DeclaratorParser.Mode.NAMED);
        parser.scopes.declare(declarator.name.text(), Symbol.VALUE);
        var initializer = parser.declarations.initializer();
        if (initializer.isEmpty() || initializer.get().style() == Initializer.Style.DIRECT) {
            throw parser.error("variable declaration in condition must have an initializer");
        }
        var type = declarator.apply(specifiers.qualifiedType());
        var modifiers = specifiers.modifiers(declarator.attributes);
        return new Condition.OfDeclaration(
                new Declaration.Variable(declarator.position, declarator.name, type, modifiers, initializer));
    }

    private Statement caseLabel() {
        var position = tokens.take().position();
        var value = parser.expressions.conditional();
        Optional<Expression> upTo =
                tokens.accept("...") ? Optional.of(parser.expressions.conditional()) : Optional.empty();
        if (!tokens.accept(":")) {
            parser.report(tokens.endOfPrevious(), "expected ':' after 'case'");
        }
        return new Statement.Case(position, value, upTo, labelled());
    }

    private Statement defaultLabel() {
        var position = tokens.take().position();
        if (!tokens.accept(":")) {
            parser.report(tokens.endOfPrevious(), "expected ':' after 'default'");
        }
        return new Statement.Default(position, labelled());
    }

    private Statement label() {
        var name = tokens.take();
        tokens.take();
        return new Statement.Label(name.position(), name.text(), labelled());
    }

    /** What a label stands in front of; labels in a row are siblings, so that a long row is no deep tree. */
    private Statement labelled() {
        if (tokens.at("}") || tokens.atWord("case") || tokens.atWord("default")) {
            return new Statement.Empty(tokens.position());
        }
        return statement();
    }

    private Statement returnStatement() {
        var position = tokens.take().position();
        Optional<Expression> value = Optional.empty();
        if (!tokens.at(";")) {
            value = Optional.of(
                    tokens.at("{") ? parser.expressions.initializerList() : parser.expressions.expression());
        }
        parser.expectSemicolon("after return statement");
        return new Statement.Return(position, value);
    }

    private Statement gotoStatement() {
        var position = tokens.take().position();
        var label = parser.names.identifier();
        parser.expectSemicolon("after goto statement");
        return new Statement.Goto(position, label);
    }

    private Statement tryStatement() {
        var position = tokens.take().position();
        var body = compound();
        var handlers = new ArrayList<Statement.Handler>();
        while (tokens.atWord("catch")) {
            var start = tokens.take().position();
            parser.scopes.push(new Scope(Scope.Kind.BLOCK));
            parser.expect("(");
            Optional<Parameter> parameter =
                    tokens.accept("...") ? Optional.empty() : Optional.of(parser.functions.parameter(false));
            parser.expect(")");
            handlers.add(new Statement.Handler(start, parameter, compound()));
            parser.scopes.pop();
        }
        return new Statement.Try(position, body, List.copyOf(handlers));
    }
}
