package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionParserTest {
    private record Operator(String symbol, String name, int precedence) {}

    /** C++ [expr.mul] to [expr.log.or], tightest last. */
    private static final List<Operator> OPERATORS = List.of(
            new Operator("||", "LOGICAL_OR", 1),
            new Operator("&&", "LOGICAL_AND", 2),
            new Operator("|", "BIT_OR", 3),
            new Operator("^", "BIT_XOR", 4),
            new Operator("&", "BIT_AND", 5),
            new Operator("==", "EQUAL", 6),
            new Operator("!=", "NOT_EQUAL", 6),
            new Operator("<", "LESS", 7),
            new Operator(">", "GREATER", 7),
            new Operator("<=", "LESS_EQUAL", 7),
            new Operator(">=", "GREATER_EQUAL", 7),
            new Operator("<<", "SHIFT_LEFT", 8),
            new Operator(">>", "SHIFT_RIGHT", 8),
            new Operator("+", "ADD", 9),
            new Operator("-", "SUBTRACT", 9),
            new Operator("*", "MULTIPLY", 10),
            new Operator("/", "DIVIDE", 10),
            new Operator("%", "REMAINDER", 10));

    /** Chains of operators at random, against the shunting-yard algorithm. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void operatorsBindByPrecedenceAndFromTheLeft(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            var text = new StringBuilder("1");
            Deque<String> operands = new ArrayDeque<>(List.of("1"));
            Deque<Operator> pending = new ArrayDeque<>();
            for (int i = 2; i < 12; i++) {
                var operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
                while (!pending.isEmpty() && pending.peek().precedence >= operator.precedence) {
                    reduce(operands, pending.pop());
                }
                pending.push(operator);
                operands.push(Integer.toString(i));
                text.append(' ').append(operator.symbol).append(' ').append(i);
            }
            while (!pending.isEmpty()) {
                reduce(operands, pending.pop());
            }
            assertThat(Sources.expression(text.toString())).as("%s", text).isEqualTo(operands.pop());
        }
    }

    private static void reduce(Deque<String> operands, Operator operator) {
        var right = operands.pop();
        operands.push("Binary(" + operator.name + ", " + operands.pop() + ", " + right + ")");
    }

    @ParameterizedTest
    @CsvFileSource(
            files = "src/test/resources/msl/syntax/trees/expressions.txt",
            delimiterString = "=>",
            quoteCharacter = '`')
    void anExpressionHasItsTree(String text, String tree) {
        assertThat(Sources.expression(text)).isEqualTo(tree.replace("\\t", "\t"));
    }

    @Test
    void aClosingAngleEndsAnArgumentButNotInsideParentheses() {
        var declared = "template <int N> struct A { static constexpr int v = N; }; template <typename T> struct B {};";
        assertThat(Sources.declaration(declared + "A<(3 > 2)> x;")).contains("A<Parenthesized(Binary(GREATER, 3, 2))>");
        assertThat(Sources.declaration(declared + "B<B<B<A<1>>>> x;")).contains("B<B<B<A<1>>>>");
        assertThat(Sources.declaration(declared + "int x = A<(8 >> 1)>::v >> 1;"))
                .contains("Binary(SHIFT_RIGHT, A<Parenthesized(Binary(SHIFT_RIGHT, 8, 1))>::v, 1)");
        assertThat(Sources.declaration(declared + "B<A<1 + 2>> x;")).contains("B<A<Binary(ADD, 1, 2)>>");
    }

    @Test
    void whetherAngleOpensArgumentsIsDecidedByWhatIsDeclared() {
        var use = "int r = a < b > (c);";
        assertThat(Sources.declaration("template <int N> int a(int); constant int b = 1, c = 2; " + use))
                .contains("Call(a<b>, [c])");
        assertThat(Sources.declaration("constant int a = 1, b = 1, c = 2; " + use))
                .contains("Binary(GREATER, Binary(LESS, a, b), Parenthesized(c))");
    }
}
