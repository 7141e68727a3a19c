package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "; => Empty()",
                "{ int a; } => Compound([DeclarationStatement([Variable(a, int)])])",
                "if (a) b; else if (c) d; => If(OfExpression(a), ExpressionStatement(b), "
                        + "If(OfExpression(c), ExpressionStatement(d)))",
                "if (a) if (b) c; else d; => If(OfExpression(a), If(OfExpression(b), ExpressionStatement(c), "
                        + "ExpressionStatement(d)))",
                "if (int a = b) c; => If(OfDeclaration(Variable(a, int, Initializer(COPY, [b]))), "
                        + "ExpressionStatement(c))",
                "if constexpr (a) {} => If(isConstexpr, OfExpression(a), Compound())",
                "while (a) {} => While(OfExpression(a), Compound())",
                "do a; while (b); => DoWhile(ExpressionStatement(a), b)",
                "for (;;) ; => For(Empty(), Empty())",
                "for (int i = 0; i < 3; ++i) ; => For(DeclarationStatement([Variable(i, int, Initializer(COPY, [0]))]), "
                        + "OfExpression(Binary(LESS, i, 3)), Unary(PRE_INCREMENT, i), Empty())",
                "for (auto& x : xs) ; => RangeFor(Variable(x, Reference(Auto())), xs, Empty())",
                "for (i = a ? 1 : 2; ;) ; => For(ExpressionStatement(Assignment(i, Conditional(a, 1, 2))), Empty())",
                "switch (a) { case 1: b; case 2: default: c; } => Switch(OfExpression(a), Compound(["
                        + "Case(1, ExpressionStatement(b)), Case(2, Empty()), Default(ExpressionStatement(c))]))",
                "x: goto x; => Label(\"x\", Goto(\"x\"))",
                "return {1, 2}; => Return(InitializerList([1, 2]))",
                "try { a; } catch (int e) { } catch (...) { } => Try(Compound([ExpressionStatement(a)]), "
                        + "[Handler(Parameter(int, \"e\"), Compound()), Handler(Compound())])",
                "[[fallthrough]]; => Attributed([Attribute(BRACKETS, \"fallthrough\")], Empty())",
                "[[maybe_unused]] int a; => DeclarationStatement([Variable(a, int, "
                        + "Modifiers([Attribute(BRACKETS, \"maybe_unused\")]))])",
                "float4(a).x = 1; => ExpressionStatement(Assignment(Member(Construct(float4, [a]), x), 1))",
                "float4(a) = b; => DeclarationStatement([Variable(a, float4, Initializer(COPY, [b]))])",
                "float4(a) + b; => ExpressionStatement(Binary(ADD, Construct(float4, [a]), b))",
                "float4(a, b); => ExpressionStatement(Construct(float4, [a, b]))",
                "float (*a)(int); => DeclarationStatement([Variable(a, Pointer(Function(Signature(float, "
                        + "[Parameter(int)]))))])",
                "float4 * a; => DeclarationStatement([Variable(a, Pointer(float4))])",
                "a * b; => ExpressionStatement(Binary(MULTIPLY, a, b))",
                "a & b; => ExpressionStatement(Binary(BIT_AND, a, b))",
                "float a(b); => DeclarationStatement([Variable(a, float, Initializer(DIRECT, [b]))])",
                "float a(int); => DeclarationStatement([Function(ORDINARY, a, Signature(float, [Parameter(int)]))])",
                "float a(int(b)); => DeclarationStatement([Function(ORDINARY, a, Signature(float, "
                        + "[Parameter(int, \"b\")]))])",
                "float a(int(1)); => DeclarationStatement([Variable(a, float, Initializer(DIRECT, "
                        + "[Construct(int, [1])]))])",
                "float a(int(b), 2); => DeclarationStatement([Variable(a, float, Initializer(DIRECT, "
                        + "[Construct(int, [b]), 2]))])",
                "auto [a, b] = c; => DeclarationStatement([StructuredBinding([a, b], Auto(), Initializer(COPY, [c]))])",
                "const auto& [a] = c; => DeclarationStatement([StructuredBinding([a], "
                        + "Reference(Qualified(Auto(), [CONST])), Initializer(COPY, [c]))])",
                "threadgroup float a[2]; => DeclarationStatement([Variable(a, Array(Qualified(float, "
                        + "[THREADGROUP]), 2))])",
                "using namespace metal; => DeclarationStatement([UsingDirective(metal)])",
                "atomic<int> a; => DeclarationStatement([Variable(a, atomic<int>)])",
                "metal::vec<float, 2> a; => DeclarationStatement([Variable(a, metal::vec<float, 2>)])",
                "metal::max(1, 2); => ExpressionStatement(Call(metal::max, [1, 2]))",
                "delete a; => ExpressionStatement(Delete(a))",
            })
    void aStatementHasItsTree(String statement, String tree) {
        assertThat(Sources.statement(statement)).isEqualTo(tree);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "#pragma unroll => LoopHint(\"unroll\")",
                "#pragma unroll(4) => LoopHint(\"unroll\", 4)",
                "#pragma unroll N => LoopHint(\"unroll\", N)",
                "#pragma nounroll => LoopHint(\"nounroll\")",
                "#pragma clang loop unroll(full) vectorize(enable) => LoopHint(\"unroll\", full), "
                        + "LoopHint(\"vectorize\", enable)",
                "_Pragma(\"unroll(2)\") => LoopHint(\"unroll\", 2)",
            })
    void pragmasBelongToTheLoopBehindThem(String pragma, String hints) {
        assertThat(Sources.statement("\n" + pragma + "\nwhile (a) ;"))
                .isEqualTo("While([" + hints + "], OfExpression(a), Empty())");
    }

    @Test
    void aLocalNameHidesATypeOfTheSameName() {
        assertThat(Sources.statement("int array = 1; array < 2; array * array; array(3);"))
                .isEqualTo("ExpressionStatement(Call(array, [3]))");
        assertThat(Sources.statements("struct T {}; void f(int T) { T * T; }").toString())
                .contains("Binary");
    }
}
