package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Expression.BinaryOperator;
import io.ringkernel.metal.msl.syntax.Expression.UnaryOperator;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Parses expressions down to postfix operators; {@link PrimaryParser} and {@link UnaryParser} do the rest. */
final class ExpressionParser {
    private static final Map<String, BinaryOperator> BINARY = Arrays.stream(BinaryOperator.values())
            .collect(Collectors.toUnmodifiableMap(BinaryOperator::symbol, Function.identity()));

    /** Compound assignments by their first token; {@code >>=} is two tokens. */
    private static final Map<String, BinaryOperator> ASSIGNMENTS = Map.of(
            "+=", BinaryOperator.ADD,
            "-=", BinaryOperator.SUBTRACT,
            "*=", BinaryOperator.MULTIPLY,
            "/=", BinaryOperator.DIVIDE,
            "%=", BinaryOperator.REMAINDER,
            "<<=", BinaryOperator.SHIFT_LEFT,
            "&=", BinaryOperator.BIT_AND,
            "|=", BinaryOperator.BIT_OR,
            "^=", BinaryOperator.BIT_XOR);

    private final Parser parser;
    private final Tokens tokens;
    private final UnaryParser unary;
    private final PrimaryParser primary;
    /** The names of member templates: behind {@code .} only they are followed by template arguments. */
    private final Set<String> memberTemplates = new HashSet<>();
    /** Whether {@code >} ends the expression, as in a template argument outside parentheses. */
    private boolean angle;

    ExpressionParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.unary = new UnaryParser(parser);
        this.primary = new PrimaryParser(parser);
    }

    void declareMemberTemplate(String name) {
        memberTemplates.add(name);
    }

    /** An expression that may contain commas. */
    Expression expression() {
        return within(false, () -> {
            var left = assignment();
            int length = 0;
            while (tokens.at(",") && !isFold(1)) {
                var position = tokens.take().position();
                parser.requireChain(++length, position);
                left = new Expression.Binary(position, BinaryOperator.COMMA, left, assignment());
            }
            return left;
        });
    }

    /** An expression without commas outside parentheses. */
    Expression assignment() {
        if (tokens.atWord("throw")) {
            return unary.throwExpression();
        }
        var target = conditionalHere();
        var position = tokens.position();
        var operator = ASSIGNMENTS.get(tokens.peek().text());
        boolean shift = tokens.atPair(">", ">=") && !angle;
        boolean plain = tokens.at("=");
        boolean compound = operator != null && tokens.peek().is(TokenKind.PUNCTUATOR);
        if (!(plain || shift || compound) || isFold(shift ? 2 : 1)) {
            return target;
        }
        tokens.skip(shift ? 2 : 1);
        var value = parser.chained(() -> tokens.at("{") ? initializerList() : assignment());
        var applied = shift ? BinaryOperator.SHIFT_RIGHT : plain ? null : operator;
        return new Expression.Assignment(position, Optional.ofNullable(applied), target, value);
    }

    /** A constant expression: no assignment, no comma. */
    Expression conditional() {
        return within(false, this::conditionalHere);
    }

    private Expression conditionalHere() {
        var condition = binary(BinaryOperator.LOGICAL_OR.precedence());
        if (!tokens.at("?")) {
            return condition;
        }
        var position = tokens.take().position();
        var whenTrue = parser.chained(this::expression);
        parser.expect(":");
        var whenFalse = parser.chained(this::assignment);
        return new Expression.Conditional(position, condition, whenTrue, whenFalse);
    }

    /** An element of a list: an expression or an initializer list, perhaps expanded with {@code ...}. */
    Expression packElement(boolean inAngles) {
        return within(inAngles, () -> {
            var position = tokens.position();
            var element = tokens.at("{") ? initializerList() : inAngles ? conditionalHere() : assignment();
            return tokens.accept("...") ? new Expression.PackExpansion(position, element) : element;
        });
    }

    /** The default of a template's value parameter, which {@code >} ends. */
    Expression templateDefault() {
        return within(true, this::conditionalHere);
    }

    /** What initializes a variable behind {@code =}. */
    Expression initializerValue() {
        return tokens.at("{") ? initializerList() : within(false, this::assignment);
    }

    /** The expressions between parentheses. */
    List<Expression> arguments() {
        var open = tokens.position();
        parser.expect("(");
        var list = new ArrayList<Expression>();
        while (!tokens.at(")")) {
            list.add(packElement(false));
            if (!tokens.accept(",")) {
                break;
            }
            if (tokens.at(")")) {
                throw parser.error("expected expression");
            }
        }
        parser.expectClosing(")", "(", open);
        return List.copyOf(list);
    }

    /** {@code {a, .b = c, d...}}. */
    Expression.InitializerList initializerList() {
        return parser.chained(() -> {
            var position = tokens.take().position();
            var elements = new ArrayList<Expression>();
            while (!tokens.at("}")) {
                elements.add(element());
                if (!tokens.accept(",")) {
                    break;
                }
            }
            parser.expectClosing("}", "{", position);
            return new Expression.InitializerList(position, List.copyOf(elements));
        });
    }

    /** Whether {@code [0] = 1} is next; a lambda has no {@code =} behind its bracket. */
    private boolean isArrayDesignator() {
        int closer = tokens.closerOf(tokens.mark());
        return closer >= 0 && tokens.get(closer + 1).is("=");
    }

    private Expression element() {
        if (tokens.at(".")) {
            return designated();
        }
        return tokens.at("[") && isArrayDesignator() ? designatedElements() : packElement(false);
    }

    private Expression designatedElements() {
        var open = tokens.take().position();
        parser.warn(open, "array designators are a C99 extension");
        var first = conditional();
        Optional<Expression> last = tokens.accept("...") ? Optional.of(conditional()) : Optional.empty();
        parser.expectClosing("]", "[", open);
        parser.expect("=");
        return new Expression.DesignatedElements(open, first, last, initializerValue());
    }

    private Expression designated() {
        var position = tokens.take().position();
        var field = parser.names.identifier();
        parser.warn(position, "designated initializers are a C++20 extension");
        if (!tokens.at("{")) {
            parser.expect("=");
        }
        return new Expression.Designated(position, field, initializerValue());
    }

    /** Runs a part in or outside of angle brackets. */
    private <T> T within(boolean inAngles, Supplier<T> part) {
        boolean outer = angle;
        angle = inAngles;
        try {
            return part.get();
        } finally {
            angle = outer;
        }
    }

    /** Operators of at least this precedence. */
    private Expression binary(int minimum) {
        var left = memberPointer();
        for (int length = 1; ; length++) {
            var operator = binaryOperator();
            if (operator == null || operator.precedence() < minimum || isFold(lengthOf(operator))) {
                return left;
            }
            var position = tokens.position();
            parser.requireChain(length, position);
            tokens.skip(lengthOf(operator));
            left = new Expression.Binary(position, operator, left, binary(operator.precedence() + 1));
        }
    }

    /** The binary operator that is next, or null. */
    BinaryOperator binaryOperator() {
        if (!tokens.peek().is(TokenKind.PUNCTUATOR)) {
            return null;
        }
        if (!tokens.at(">")) {
            return BINARY.get(tokens.peek().text());
        }
        if (angle || tokens.atPair(">", ">=")) {
            return null;
        }
        return tokens.atPair(">", ">") ? BinaryOperator.SHIFT_RIGHT : BinaryOperator.GREATER;
    }

    static int lengthOf(BinaryOperator operator) {
        return operator == BinaryOperator.SHIFT_RIGHT ? 2 : 1;
    }

    /** Whether the operator that is next belongs to a fold: {@code ...} follows it. */
    private boolean isFold(int operatorLength) {
        return tokens.peek(operatorLength).is("...");
    }

    /** The operator of a fold at this place with its assignment, or null; it is consumed. */
    Expression.Fold foldOperator(Optional<Expression> left) {
        var position = tokens.position();
        var operator = binaryOperator();
        boolean shift = tokens.atPair(">", ">=");
        boolean assigning = shift || ASSIGNMENTS.containsKey(tokens.peek().text());
        if (assigning) {
            operator = shift
                    ? BinaryOperator.SHIFT_RIGHT
                    : ASSIGNMENTS.get(tokens.peek().text());
        }
        if (operator == null) {
            return null;
        }
        int length = shift ? 2 : assigning ? 1 : lengthOf(operator);
        tokens.skip(length);
        return new Expression.Fold(position, operator, assigning, left, Optional.empty());
    }

    private Expression memberPointer() {
        var left = unary();
        while (tokens.at(".*") || tokens.at("->*")) {
            var operator = tokens.take();
            left = new Expression.MemberPointerAccess(operator.position(), left, operator.is("->*"), unary());
        }
        return left;
    }

    /** A cast expression: prefix operators and casts around a postfix expression. */
    Expression unary() {
        return unary.parse();
    }

    /** A primary expression and what follows it. */
    Expression postfix() {
        var result = primary.parse();
        for (int length = 0; ; length++) {
            var next = postfixOf(result);
            if (next == null) {
                return result;
            }
            parser.requireChain(length, tokens.position());
            result = next;
        }
    }

    private Expression postfixOf(Expression base) {
        var token = tokens.peek();
        if (!token.is(TokenKind.PUNCTUATOR)) {
            return null;
        }
        return switch (token.text()) {
            case "(" -> new Expression.Call(base.position(), base, arguments());
            case "[" -> subscript(base);
            case ".", "->" -> member(base);
            case "++" -> new Expression.Unary(tokens.take().position(), UnaryOperator.POST_INCREMENT, base);
            case "--" -> new Expression.Unary(tokens.take().position(), UnaryOperator.POST_DECREMENT, base);
            default -> null;
        };
    }

    private Expression subscript(Expression base) {
        var open = tokens.take().position();
        var index = tokens.at("{") ? initializerList() : expression();
        parser.expectClosing("]", "[", open);
        return new Expression.Subscript(base.position(), base, index);
    }

    private Expression member(Expression base) {
        boolean arrow = tokens.take().is("->");
        return new Expression.Member(base.position(), base, arrow, memberName());
    }

    private Name memberName() {
        var position = tokens.position();
        boolean saysTemplate = tokens.acceptWord("template");
        boolean special = tokens.at("~")
                || tokens.at("::")
                || tokens.atWord("operator")
                || tokens.peek(1).is("::");
        if (special) {
            return parser.names.parse().name();
        }
        var text = parser.names.identifier();
        if (saysTemplate) {
            return memberTemplate(position, text);
        }
        if (tokens.at("<") && memberTemplates.contains(text)) {
            var result = parser.attempt(() -> {
                var name = memberTemplate(position, text);
                if (!tokens.at("(")) {
                    throw parser.error("expected '('");
                }
                return name;
            });
            return result != null ? result : Name.of(position, text);
        }
        return Name.of(position, text);
    }

    private Name memberTemplate(SourcePosition position, String text) {
        var arguments = parser.names.templateArguments();
        return new Name(position, false, List.of(new Name.TemplateId(position, text, arguments)));
    }
}
