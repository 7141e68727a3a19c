package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.TreeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class DeclarationParserTest {
    @ParameterizedTest
    @CsvFileSource(
            files = "src/test/resources/msl/syntax/trees/declarations.txt",
            delimiterString = "=>",
            quoteCharacter = '`')
    void aDeclarationHasItsTree(String source, String tree) {
        var known = "template <typename T, int N> void k(); template <typename T> void f(); ";
        var needed =
                source.contains("k<") || source.contains("f<") ? known : "struct S {}; template <class T> struct A;\n";
        assertThat(Sources.declaration(needed + source)).isEqualTo(tree);
    }

    @ParameterizedTest
    @CsvFileSource(
            files = "src/test/resources/msl/syntax/trees/members.txt",
            delimiterString = "=>",
            quoteCharacter = '`')
    void aMemberHasItsTree(String member, String tree) {
        assertThat(Sources.declaration("struct S { " + member + " };"))
                .startsWith("Struct(STRUCT, S, StructBody([Member(PUBLIC, " + tree + ")");
    }

    @Test
    void anUnnamedStructHasANameIfItIsUsed() {
        var declarations = Sources.declarations("typedef struct { int x; } T; constant struct { T t; } c = {{1}};");
        assertThat(declarations.stream().map(TreeText::of))
                .containsExactly(
                        "Struct(STRUCT, (unnamed struct at t:1:9), StructBody([Member(PUBLIC, Field(\"x\", int))]))",
                        "TypeAlias(\"T\", (unnamed struct at t:1:9))",
                        "Struct(STRUCT, (unnamed struct at t:1:39), StructBody([Member(PUBLIC, Field(\"t\", T))]))",
                        "Variable(c, Qualified((unnamed struct at t:1:39), [CONSTANT]), Initializer(COPY, "
                                + "[InitializerList([InitializerList([1])])]))");
    }

    @Test
    void membersDefinedOutsideKnowTheirClass() {
        var declared = "template <typename T> struct A { struct In { T v; }; In get(); template <int N> T at(); };";
        assertThat(Sources.declaration(
                        declared + "template <typename T> typename A<T>::In A<T>::get() { In i; return i; }"))
                .contains("A<T>::get", "Variable(i, In)");
        assertThat(Sources.declaration(
                        declared + "template <typename T> template <int N> T A<T>::at() { return T(N); }"))
                .startsWith("Template([OfType(\"T\")], Template([OfValue(Parameter(int, \"N\"))], Function(");
    }

    @Test
    void aFloatingPointPragmaIsADeclaration() {
        assertThat(Sources.declaration("#pragma METAL fp contract(off)"))
                .isEqualTo("FloatingPointPragma(\"contract\", \"off\")");
    }

    @Test
    void aTemplateMayNameItsConstructorWithArguments() {
        assertThat(Sources.declaration("template <typename T> struct S { constexpr S<T>() threadgroup = default; };"))
                .contains("Function(CONSTRUCTOR, S<T>, Signature([THREADGROUP]), Modifiers([CONSTEXPR]), Defaulted())");
    }

    @Test
    void coherentIsAnOrdinaryNameBeforeItsVersion() {
        var source = "constant int coherent = 1; constant int x = coherent + 1;";
        assertThat(Sources.declarations(source, LanguageVersion.METAL_3_1)).hasSize(2);
    }

    @Test
    void whatCameWithCpp17IsAcceptedWithAWarning() {
        var source = """
                namespace a::b { inline constant int n = 1; }
                template <typename... T> int f(T... t) {
                    if constexpr (true) { } if (int i = 1; i) { }
                    static_assert(true); auto [x, y] = g(); return (... + t);
                }
                """;
        assertThat(Sources.messages(source, LanguageVersion.METAL_3_2))
                .containsExactly(
                        "t:1:11: warning: nested namespace definition is a C++17 extension; "
                                + "define each namespace separately",
                        "t:1:38: warning: inline variables are a C++17 extension",
                        "t:3:8: warning: constexpr if is a C++17 extension",
                        "t:3:33: warning: 'if' initialization statements are a C++17 extension",
                        "t:4:5: warning: static_assert with no message is a C++17 extension",
                        "t:4:31: warning: decomposition declarations are a C++17 extension",
                        "t:4:52: warning: pack fold expression is a C++17 extension");
        assertThat(Sources.messages(source, LanguageVersion.METAL_4_0)).isEmpty();
    }
}
