package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PositionTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "aa + bb => 1:15",
                "aa = bb => 1:15",
                "aa ? bb : cc => 1:15",
                "aa(bb) => 1:12",
                "aa[bb] => 1:12",
                "aa.bb => 1:12",
                "-aa => 1:12",
                "aa++ => 1:14",
                "(int)aa => 1:12",
                "int(aa + 1) => 1:12",
                "metal::aa => 1:12",
            })
    void anExpressionIsWhereItsOperatorOrItsBeginningIs(String expression, String place) {
        var statement = (Statement.ExpressionStatement)
                Sources.statements("void f() { " + expression + "; }").getFirst();
        assertThat(statement.expression().position()).hasToString("t:" + place);
    }

    @Test
    void aDeclarationIsWhereItsNameIs() {
        var declarations = Sources.declarations(
                "device int* x;\nkernel void\n  k(device int* p);\nstruct S { float a; };\nint S::* m, n;");
        assertThat(declarations.stream()
                        .map(declaration -> declaration.position().toString()))
                .containsExactly("t:1:13", "t:3:3", "t:4:8", "t:5:10", "t:5:13");
        var function = (Declaration.Function) declarations.get(1);
        assertThat(function.signature().parameters().getFirst().position()).hasToString("t:3:17");
        var struct = (Declaration.Struct) declarations.get(2);
        var field = struct.definition().orElseThrow().members().getFirst().declaration();
        assertThat(field.position()).hasToString("t:4:18");
    }

    @Test
    void aMembersNameHasAPlaceOfItsOwn() {
        var statement = (Statement.ExpressionStatement)
                Sources.statements("void f() { a\n  .b; }").getFirst();
        var member = (Expression.Member) statement.expression();
        assertThat(member.position()).hasToString("t:1:12");
        assertThat(member.name().position()).hasToString("t:2:4");
    }

    @Test
    void theSecondHalfOfADoubleAngleHasItsOwnColumn() {
        assertThat(Sources.messages("template <class T> struct A {};\nA<A<int>>; int 3;", LanguageVersion.METAL_3_2))
                .contains("t:2:16: error: expected unqualified-id");
    }

    @Test
    void aMissingSemicolonIsReportedWhereItBelongs() {
        assertThat(Sources.messages("void f() {\n  int abc = 12\n  return;\n}", LanguageVersion.METAL_3_2))
                .containsExactly("t:2:15: error: expected ';' at end of declaration");
    }

    @Test
    void anErrorInAMacroPointsToTheUseAndNotesTheDefinition() {
        var source = "#define BAD(x) x +;\nvoid f() {\n    BAD(1)\n}";
        assertThat(Sources.messages(source, LanguageVersion.METAL_3_2))
                .containsExactly("t:3:5: error: expected expression", "t:1:19: note: expanded from macro 'BAD'");
    }

    @Test
    void aMissingBracketNamesTheOneItShouldClose() {
        assertThat(Sources.messages("void f() {\n  a = (1 + 2;\n}", LanguageVersion.METAL_3_2))
                .containsExactly("t:2:13: error: expected ')'", "t:2:7: note: to match this '('");
    }
}
