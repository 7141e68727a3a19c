package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementParserTest {
    @ParameterizedTest
    @CsvFileSource(
            files = "src/test/resources/msl/syntax/trees/statements.txt",
            delimiterString = "=>",
            quoteCharacter = '`')
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
                "#pragma clang loop unroll(full) vectorize(enable) => LoopHint(\"unroll(full)\"), "
                        + "LoopHint(\"vectorize(enable)\")",
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
