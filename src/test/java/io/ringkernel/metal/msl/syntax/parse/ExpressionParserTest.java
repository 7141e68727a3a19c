package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "a = b = c => Assignment(a, Assignment(b, c))",
                "a += b ? c : d => Assignment(ADD, a, Conditional(b, c, d))",
                "a ? b : c ? d : e => Conditional(a, b, Conditional(c, d, e))",
                "a ? b, c : d = e => Conditional(a, Binary(COMMA, b, c), Assignment(d, e))",
                "a >>= b >> c => Assignment(SHIFT_RIGHT, a, Binary(SHIFT_RIGHT, b, c))",
                "a >= b > c => Binary(GREATER, Binary(GREATER_EQUAL, a, b), c)",
                "-a * !b => Binary(MULTIPLY, Unary(MINUS, a), Unary(NOT, b))",
                "*p++ => Unary(DEREFERENCE, Unary(POST_INCREMENT, p))",
                "++*p => Unary(PRE_INCREMENT, Unary(DEREFERENCE, p))",
                "a - -b - --c => Binary(SUBTRACT, Binary(SUBTRACT, a, Unary(MINUS, b)), Unary(PRE_DECREMENT, c))",
                "&a.b->c[d](e) => Unary(ADDRESS_OF, Call(Subscript(Member(Member(a, b), arrow, c), d), [e]))",
                "a.*b => MemberPointerAccess(a, b)",
                "a.xyz.zyx => Member(Member(a, xyz), zyx)",
                "f()() => Call(Call(f))",
                "sizeof a + 1 => Binary(ADD, SizeofExpression(a), 1)",
                "sizeof(int) + 1 => Binary(ADD, SizeofType(int), 1)",
                "sizeof(a) + 1 => Binary(ADD, SizeofExpression(Parenthesized(a)), 1)",
                "alignof(float4) => Alignof(float4)",
                "(float)a.b => CStyleCast(float, Member(a, b))",
                "(float)-a => CStyleCast(float, Unary(MINUS, a))",
                "(a)-b => Binary(SUBTRACT, Parenthesized(a), b)",
                "(uint)(a)+b => Binary(ADD, CStyleCast(uint, Parenthesized(a)), b)",
                "(float4)(a) => CStyleCast(float4, Parenthesized(a))",
                "(device int*)p => CStyleCast(Pointer(Qualified(int, [DEVICE])), p)",
                "(float(*)(int))p => CStyleCast(Pointer(Function(Signature(float, [Parameter(int)]))), p)",
                "(float4){1, 2} => BracedConstruct(float4, InitializerList([1, 2]))",
                "float4(a, b) => Construct(float4, [a, b])",
                "float4{a, b}.x => Member(BracedConstruct(float4, InitializerList([a, b])), x)",
                "int() => Construct(int)",
                "unsigned(3) => Construct(unsigned int, [3])",
                "vec<half, 2>(1) => Construct(vec<half, 2>, [1])",
                "metal::float2(1) => Construct(metal::float2, [1])",
                "typename T::type(1) => Construct(typename T::type, [1])",
                "decltype(a)(1) => Construct(Decltype(a), [1])",
                "decltype(a)::b => DecltypeScope(a)::b",
                "as_type<uint>(a) => Call(as_type<uint>, [a])",
                "static_cast<float>(a) => NamedCast(STATIC, float, a)",
                "reinterpret_cast<thread float*>(a) => NamedCast(REINTERPRET, Pointer(Qualified(float, [THREAD])), a)",
                "const_cast<int>(a) => NamedCast(CONST, int, a)",
                "dynamic_cast<int>(a) => NamedCast(DYNAMIC, int, a)",
                "typeid(int) => Typeid(int)",
                "new int[3] => New(Array(int, 3))",
                "new (p) float4(1) => New([p], float4, Initializer(DIRECT, [1]))",
                "delete[] p => Delete(array, p)",
                "throw a => Throw(a)",
                "noexcept(a) => Noexcept(a)",
                "unknown<int>(a) => Call(unknown<int>, [a])",
                "simd_sum<float>(a) => Call(simd_sum<float>, [a])",
                "metal::max<uint>(a, b) => Call(metal::max<uint>, [a, b])",
                "ns::f<3>(a) => Call(ns::f<3>, [a])",
                "is_same_v<int, uint> && a => Binary(LOGICAL_AND, is_same_v<int, uint>, a)",
                "numeric_limits<float>::max() => Call(numeric_limits<float>::max)",
                "::f(a) => Call(::f, [a])",
                "a.template g<3>(b) => Call(Member(a, g<3>), [b])",
                "a.b < c => Binary(LESS, Member(a, b), c)",
                "a.operator+(b) => Call(Member(a, operator+), [b])",
                "true ? nullptr : this => Conditional(BoolLiteral(value), NullptrLiteral(), This())",
                "'a' + '\\n' => Binary(ADD, CharLiteral(97, \"\"), CharLiteral(10, \"\"))",
                "\"a\" \"b\\t\" => StringLiteral(\"ab\t\")",
                "0xFFu + 1.5h + 2ul => Binary(ADD, Binary(ADD, 255u, FloatLiteral(1.5, HALF)), 2ul)",
                "[&](int a) { return a; } => "
                        + "Lambda(\"&\", Signature([Parameter(int, \"a\")]), Compound([Return(a)]))",
                "[=, &b, c = 1, this] {} => Lambda(\"=\", [Capture(\"b\", byReference), Capture(\"c\", 1), "
                        + "Capture(\"this\", byReference)], Signature(), Compound())",
                "[x]() mutable noexcept -> int {} => "
                        + "Lambda([Capture(\"x\")], Signature(int, BoolLiteral(value)), mutable, Compound())",
                "(... + xs) => Fold(ADD, xs)",
                "(xs && ...) => Fold(LOGICAL_AND, xs)",
                "(0 + ... + xs) => Fold(ADD, 0, xs)",
                "(xs >> ...) => Fold(SHIFT_RIGHT, xs)",
                "(f(xs), ...) => Fold(COMMA, Call(f, [xs]))",
                "(a += ... += xs) => Fold(ADD, assigning, a, xs)",
                "f(xs...) => Call(f, [PackExpansion(xs)])",
                "f({1, 2}, {}) => Call(f, [InitializerList([1, 2]), InitializerList()])",
            })
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
