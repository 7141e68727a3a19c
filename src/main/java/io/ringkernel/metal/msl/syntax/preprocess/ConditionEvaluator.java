package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;
import java.util.Map;

/** Evaluates the expression of an {@code #if} in 64 bits, after {@code defined} and macros are gone. */
final class ConditionEvaluator {
    private static final int NESTING_LIMIT = 256;

    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("||", 1),
            Map.entry("&&", 2),
            Map.entry("|", 3),
            Map.entry("^", 4),
            Map.entry("&", 5),
            Map.entry("==", 6),
            Map.entry("!=", 6),
            Map.entry("<", 7),
            Map.entry(">", 7),
            Map.entry("<=", 7),
            Map.entry(">=", 7),
            Map.entry("<<", 8),
            Map.entry(">>", 8),
            Map.entry("+", 9),
            Map.entry("-", 9),
            Map.entry("*", 10),
            Map.entry("/", 10),
            Map.entry("%", 10));

    private record Value(long bits, boolean unsigned) {
        static Value of(boolean condition) {
            return new Value(condition ? 1 : 0, false);
        }

        boolean isTrue() {
            return bits != 0;
        }
    }

    /** Ends the evaluation; the message has been reported. */
    private static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid() {
            super(null, null, false, false);
        }
    }

    private final List<Token> tokens;
    private final SourcePosition end;
    private final Diagnostics diagnostics;
    private int at;
    private int nesting;

    private ConditionEvaluator(List<Token> tokens, SourcePosition end, Diagnostics diagnostics) {
        this.tokens = tokens;
        this.end = end;
        this.diagnostics = diagnostics;
    }

    /** Whether the expression is not zero; an invalid one is reported and false. */
    static boolean evaluate(List<Token> tokens, SourcePosition end, Diagnostics diagnostics) {
        var evaluator = new ConditionEvaluator(tokens, end, diagnostics);
        try {
            var value = evaluator.conditional(true);
            if (evaluator.at < tokens.size()) {
                throw evaluator.invalid("token is not a valid binary operator in a preprocessor subexpression");
            }
            return value.isTrue();
        } catch (Invalid reported) {
            return false;
        }
    }

    private Invalid invalid(String message) {
        diagnostics.error(at < tokens.size() ? tokens.get(at).position() : end, message);
        return new Invalid();
    }

    private boolean accept(String punctuator) {
        boolean matches = at < tokens.size() && tokens.get(at).is(punctuator);
        at += matches ? 1 : 0;
        return matches;
    }

    /** {@code live} is false in an operand that C++ does not evaluate: there, division by zero is no error. */
    private Value conditional(boolean live) throws Invalid {
        if (++nesting > NESTING_LIMIT) {
            throw invalid("preprocessor expression is nested too deeply (limit " + NESTING_LIMIT + ")");
        }
        var condition = binary(1, live);
        if (accept("?")) {
            var whenTrue = conditional(live && condition.isTrue());
            if (!accept(":")) {
                throw invalid("expected ':' in preprocessor expression");
            }
            var whenFalse = conditional(live && !condition.isTrue());
            boolean unsigned = whenTrue.unsigned || whenFalse.unsigned;
            condition = new Value((condition.isTrue() ? whenTrue : whenFalse).bits, unsigned);
        }
        nesting--;
        return condition;
    }

    private Value binary(int minimum, boolean live) throws Invalid {
        var left = unary(live);
        while (at < tokens.size() && tokens.get(at).is(TokenKind.PUNCTUATOR)) {
            var operator = tokens.get(at).text();
            int precedence = PRECEDENCE.getOrDefault(operator, 0);
            if (precedence < minimum || precedence == 0) {
                return left;
            }
            at++;
            boolean decided = operator.equals("&&") && !left.isTrue() || operator.equals("||") && left.isTrue();
            var right = binary(precedence + 1, live && !decided);
            left = apply(operator, left, right, live);
        }
        return left;
    }

    private Value apply(String operator, Value left, Value right, boolean live) throws Invalid {
        long a = left.bits;
        long b = right.bits;
        boolean unsigned = left.unsigned || right.unsigned;
        return switch (operator) {
            case "||" -> Value.of(a != 0 || b != 0);
            case "&&" -> Value.of(a != 0 && b != 0);
            case "==" -> Value.of(a == b);
            case "!=" -> Value.of(a != b);
            case "<" -> Value.of(compare(a, b, unsigned) < 0);
            case ">" -> Value.of(compare(a, b, unsigned) > 0);
            case "<=" -> Value.of(compare(a, b, unsigned) <= 0);
            case ">=" -> Value.of(compare(a, b, unsigned) >= 0);
            case "|" -> new Value(a | b, unsigned);
            case "^" -> new Value(a ^ b, unsigned);
            case "&" -> new Value(a & b, unsigned);
            case "<<" -> new Value(a << b, left.unsigned);
            case ">>" -> new Value(left.unsigned ? a >>> b : a >> b, left.unsigned);
            case "+" -> new Value(a + b, unsigned);
            case "-" -> new Value(a - b, unsigned);
            case "*" -> new Value(a * b, unsigned);
            default -> divide(operator.equals("/"), a, b, unsigned, live);
        };
    }

    private Value divide(boolean quotient, long a, long b, boolean unsigned, boolean live) throws Invalid {
        if (b == 0) {
            if (live) {
                at--;
                throw invalid((quotient ? "division" : "remainder") + " by zero in preprocessor expression");
            }
            return new Value(0, unsigned);
        }
        if (unsigned) {
            return new Value(quotient ? Long.divideUnsigned(a, b) : Long.remainderUnsigned(a, b), true);
        }
        return new Value(quotient ? a / b : a % b, false);
    }

    private static int compare(long a, long b, boolean unsigned) {
        return unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    }

    private Value unary(boolean live) throws Invalid {
        if (at >= tokens.size()) {
            throw invalid("expected value in expression");
        }
        int count = at;
        while (at < tokens.size() && isUnary(tokens.get(at))) {
            at++;
        }
        int operators = at - count;
        var value = primary(live);
        for (int i = count + operators - 1; i >= count; i--) {
            value = switch (tokens.get(i).text()) {
                case "!" -> Value.of(!value.isTrue());
                case "-" -> new Value(-value.bits, value.unsigned);
                case "~" -> new Value(~value.bits, value.unsigned);
                default -> value;
            };
        }
        return value;
    }

    private static boolean isUnary(Token token) {
        return token.is("!") || token.is("-") || token.is("+") || token.is("~");
    }

    private Value primary(boolean live) throws Invalid {
        if (accept("(")) {
            var value = conditional(live);
            if (!accept(")")) {
                throw invalid("expected ')' in preprocessor expression");
            }
            return value;
        }
        if (at >= tokens.size()) {
            throw invalid("expected value in expression");
        }
        var token = tokens.get(at);
        var value = switch (token.kind()) {
            case NUMBER -> number(token);
            case CHARACTER -> character(token);
            case IDENTIFIER -> Value.of(token.text().equals("true"));
            default -> throw invalid("expected value in expression");
        };
        at++;
        return value;
    }

    private Value number(Token token) throws Invalid {
        return switch (NumberLiteral.parse(token.text())) {
            case NumberLiteral.Whole whole ->
                new Value(whole.value(), whole.unsigned() || !whole.decimal() && whole.value() < 0);
            case NumberLiteral.Floating ignored -> throw invalid("floating point literal in preprocessor expression");
            case NumberLiteral.Malformed malformed -> throw invalid(malformed.message());
        };
    }

    private Value character(Token token) throws Invalid {
        var value = QuotedText.parse(token.text()).value();
        if (value.isEmpty()) {
            throw invalid("empty character constant");
        }
        return new Value(value.charAt(0), false);
    }
}
