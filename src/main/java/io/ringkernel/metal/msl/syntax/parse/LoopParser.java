package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.LoopHint;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.Statement;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses loops and the pragmas in front of them. */
final class LoopParser {
    private final Parser parser;
    private final Tokens tokens;
    private final PragmaParser pragmas;

    LoopParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.pragmas = new PragmaParser(parser);
    }

    /** The statement that begins with pragmas: a loop with its hints, or a floating-point pragma alone. */
    Statement pragmas() {
        var position = tokens.position();
        var hints = new ArrayList<LoopHint>();
        while (tokens.peek().is(TokenKind.PRAGMA)) {
            var declaration = pragmas.read(tokens.take(), hints);
            if (declaration.isPresent()) {
                return new Statement.DeclarationStatement(position, List.of(declaration.get()));
            }
        }
        boolean loop = tokens.atWord("for") || tokens.atWord("while") || tokens.atWord("do");
        if (loop) {
            return loop(List.copyOf(hints));
        }
        if (!hints.isEmpty()) {
            var option = hints.getLast().option();
            parser.report(position, "expected a for, while, or do-while loop to follow '#pragma " + option + "'");
        }
        return tokens.at("}") ? new Statement.Empty(position) : parser.statements.statement();
    }

    Statement loop(List<LoopHint> hints) {
        parser.scopes.push(new Scope(Scope.Kind.BLOCK));
        var result = switch (tokens.peek().text()) {
            case "while" -> whileLoop(hints);
            case "do" -> doLoop(hints);
            default -> forLoop(hints);
        };
        parser.scopes.pop();
        return result;
    }

    private Statement whileLoop(List<LoopHint> hints) {
        var position = tokens.take().position();
        var open = tokens.position();
        if (!tokens.accept("(")) {
            throw parser.error("expected '(' after 'while'");
        }
        var condition = parser.statements.condition();
        parser.expectClosing(")", "(", open);
        return new Statement.While(position, hints, condition, parser.statements.controlled());
    }

    private Statement doLoop(List<LoopHint> hints) {
        var position = tokens.take().position();
        var body = parser.statements.controlled();
        if (!tokens.acceptWord("while")) {
            throw parser.error("expected 'while' in do/while loop");
        }
        var open = tokens.position();
        if (!tokens.accept("(")) {
            throw parser.error("expected '(' after 'while'");
        }
        var condition = parser.expressions.expression();
        parser.expectClosing(")", "(", open);
        parser.expectSemicolon("after do/while statement");
        return new Statement.DoWhile(position, hints, body, condition);
    }

    private Statement forLoop(List<LoopHint> hints) {
        var position = tokens.take().position();
        if (!tokens.at("(")) {
            throw parser.error("expected '(' after 'for'");
        }
        int head = tokens.mark();
        if (isRange(head)) {
            return rangeFor(position, hints, hasSemicolon(head));
        }
        var open = tokens.take().position();
        var initial = parser.statements.simple();
        Optional<Statement.Condition> condition =
                tokens.at(";") ? Optional.empty() : Optional.of(parser.statements.condition());
        if (!tokens.accept(";")) {
            throw parser.error(tokens.endOfPrevious(), "expected ';' in 'for' statement specifier");
        }
        Optional<Expression> step = tokens.at(")") ? Optional.empty() : Optional.of(parser.expressions.expression());
        parser.expectClosing(")", "(", open);
        var body = parser.statements.controlled();
        return new Statement.For(position, hints, initial, condition, step, body);
    }

    private Statement rangeFor(SourcePosition position, List<LoopHint> hints, boolean hasInitial) {
        var open = tokens.take().position();
        Optional<Statement> initial = hasInitial ? Optional.of(parser.statements.simple()) : Optional.empty();
        var variable = rangeVariable();
        parser.expect(":");
        var range = tokens.at("{") ? parser.expressions.initializerList() : parser.expressions.expression();
        parser.expectClosing(")", "(", open);
        return new Statement.RangeFor(position, hints, initial, variable, range, parser.statements.controlled());
    }

    private Declaration rangeVariable() {
        var specifiers = parser.types.specifiers(TypeParser.Place.TYPE);
        if (specifiers.type == null) {
            throw parser.declarations.missingType();
        }
        if (specifiers.type instanceof TypeSyntax.Auto && parser.declarators.atBindings()) {
            return parser.declarations.binding(specifiers);
        }
        var declarator = parser.declarators.parse(DeclaratorParser.Mode.NAMED);
        parser.scopes.declare(declarator.name.text(), Symbol.VALUE);
        return new Declaration.Variable(
                declarator.position,
                declarator.name,
                declarator.apply(specifiers.qualifiedType()),
                specifiers.modifiers(declarator.attributes),
                Optional.empty());
    }

    /** Whether the parentheses that open at an index hold the colon of a range: one that no {@code ?} explains. */
    private boolean isRange(int open) {
        int closer = tokens.closerOf(open);
        int questions = 0;
        for (int i = open + 1; i < closer; i++) {
            var token = tokens.get(i);
            if (tokens.closerOf(i) >= 0) {
                i = tokens.closerOf(i);
            } else if (token.is("?")) {
                questions++;
            } else if (token.is(":") && questions-- == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the parentheses that open at an index hold a semicolon that is not nested deeper. */
    boolean hasSemicolon(int open) {
        int closer = tokens.closerOf(open);
        for (int i = open + 1; i < closer; i++) {
            if (tokens.closerOf(i) >= 0) {
                i = tokens.closerOf(i);
            } else if (tokens.get(i).is(";")) {
                return true;
            }
        }
        return false;
    }
}
