package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.TreeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeclarationParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "int x; => Variable(x, int)",
                "unsigned long int long x; => Variable(x, unsigned long long)",
                "short unsigned x; => Variable(x, unsigned short)",
                "const device float* p; => Variable(p, Pointer(Qualified(float, [CONST, DEVICE])))",
                "device const float* p; => Variable(p, Pointer(Qualified(float, [CONST, DEVICE])))",
                "float device* constant b; => Variable(b, Qualified(Pointer(Qualified(float, [DEVICE])), [CONSTANT]))",
                "int* const* p[2]; => Variable(p, Array(Pointer(Qualified(Pointer(int), [CONST])), 2))",
                "int (*p)[2][3]; => Variable(p, Pointer(Array(Array(int, 3), 2)))",
                "int (&r)[4] = a; => Variable(r, Reference(Array(int, 4)), Initializer(COPY, [a]))",
                "int&& r = 1; => Variable(r, Reference(int, rvalue), Initializer(COPY, [1]))",
                "int (*f)(int, float); => "
                        + "Variable(f, Pointer(Function(Signature(int, [Parameter(int), Parameter(float)]))))",
                "int (*(*g)(int))[3]; => "
                        + "Variable(g, Pointer(Function(Signature(Pointer(Array(int, 3)), [Parameter(int)]))))",
                "coherent(device) device int* p; => Variable(p, Pointer(Qualified(int, [DEVICE, COHERENT_DEVICE])))",
                "coherent device int* p; => Variable(p, Pointer(Qualified(int, [DEVICE, COHERENT_DEVICE])))",
                "threadgroup_imageblock int* p; => Variable(p, Pointer(Qualified(int, [THREADGROUP_IMAGEBLOCK])))",
                "auto x = 1, y{2}; => Variable(y, Auto(), Initializer(LIST, [InitializerList([2])]))",
                "void f(); => Function(ORDINARY, f, Signature(void))",
                "void f(void); => Function(ORDINARY, f, Signature(void))",
                "void f(int, ...); => Function(ORDINARY, f, Signature(void, [Parameter(int)], variadic))",
                "auto f(int a) -> decltype(a); => "
                        + "Function(ORDINARY, f, Signature(Decltype(a), [Parameter(int, \"a\")]))",
                "kernel void k(device int* p [[buffer(0), function_constant(c)]]); => Function(ORDINARY, k, "
                        + "Signature(void, [Parameter(Pointer(Qualified(int, [DEVICE])), \"p\", "
                        + "Modifiers([Attribute(BRACKETS, \"buffer\", [0]), "
                        + "Attribute(BRACKETS, \"function_constant\", [c])]))]), Modifiers([KERNEL]))",
                "[[kernel, max_total_threads_per_threadgroup(4 * 8)]] void k(); => Function(ORDINARY, k, "
                        + "Signature(void), Modifiers([Attribute(BRACKETS, \"kernel\"), Attribute(BRACKETS, "
                        + "\"max_total_threads_per_threadgroup\", [Binary(MULTIPLY, 4, 8)])]))",
                "[[clang::always_inline, using_this]] int x; => Variable(x, int, Modifiers([Attribute(BRACKETS, "
                        + "\"clang\", \"always_inline\"), Attribute(BRACKETS, \"using_this\")]))",
                "int x [[user(a)]] __attribute__((__unused__)) = 1; => Variable(x, int, Modifiers([Attribute("
                        + "BRACKETS, \"user\", [a]), Attribute(GNU, \"unused\")]), Initializer(COPY, [1]))",
                "constant int c [[function_constant(B + 1)]]; => Variable(c, Qualified(int, [CONSTANT]), "
                        + "Modifiers([Attribute(BRACKETS, \"function_constant\", [Binary(ADD, B, 1)])]))",
                "namespace a::b { int x; } => Namespace([\"a\", \"b\"], [Variable(x, int)])",
                "inline namespace { } => Namespace(inline)",
                "namespace m = metal; => NamespaceAlias(\"m\", metal)",
                "using namespace metal; => UsingDirective(metal)",
                "using metal::min; => UsingDeclaration(metal::min)",
                "using T = device float*; => TypeAlias(\"T\", Pointer(Qualified(float, [DEVICE])))",
                "typedef float T[4]; => TypeAlias(\"T\", Array(float, 4))",
                "typedef struct S { int x; } T; => TypeAlias(\"T\", S)",
                "enum E : ushort { a, b = 3, }; => Enum(E, ushort, [Enumerator(\"a\"), Enumerator(\"b\", 3)])",
                "enum class E; => Enum(E, scoped)",
                "static_assert(1 < 2, \"no\" \"t\"); => StaticAssert(Binary(LESS, 1, 2), \"not\")",
                "extern \"C\" { int x; } => Linkage(\"C\", [Variable(x, int)])",
                "struct S; => Struct(STRUCT, S)",
                "int S::* p; => Variable(p, MemberPointer(S, int))",
                "template <typename T> using P = device T*; => "
                        + "Template([OfType(\"T\")], TypeAlias(\"P\", Pointer(Qualified(T, [DEVICE]))))",
                "template <typename T, int N = 4, template <class> class C = A, typename... R> struct S; => "
                        + "Template([OfType(\"T\"), OfValue(Parameter(int, \"N\", 4)), "
                        + "OfTemplate([OfType()], \"C\", A), OfType(\"R\", pack)], Struct(STRUCT, S))",
                "template <int... N> void f(); => Template([OfValue(Parameter(int, \"N\", pack))], "
                        + "Function(ORDINARY, f, Signature(void)))",
                "template <> void f<int>(); => ExplicitSpecialization(Function(ORDINARY, f<int>, Signature(void)))",
                "template [[host_name(\"x\")]] [[kernel]] void k<float>(device float*); => ExplicitInstantiation("
                        + "Function(ORDINARY, k<float>, Signature(void, [Parameter(Pointer(Qualified(float, "
                        + "[DEVICE])))]), Modifiers([Attribute(BRACKETS, \"host_name\", [StringLiteral(\"x\")]), "
                        + "Attribute(BRACKETS, \"kernel\")])))",
                "template [[host_name(\"x\")]] kernel decltype(k<int, 2>) k<int, 2>; => ExplicitInstantiation("
                        + "Variable(k<int, 2>, Decltype(k<int, 2>), Modifiers([KERNEL], "
                        + "[Attribute(BRACKETS, \"host_name\", [StringLiteral(\"x\")])])))",
                "#pragma METAL fp contract(off) => FloatingPointPragma(\"contract\", \"off\")",
            })
    void aDeclarationHasItsTree(String source, String tree) {
        var known = "template <typename T, int N> void k(); template <typename T> void f(); ";
        var needed =
                source.contains("k<") || source.contains("f<") ? known : "struct S {}; template <class T> struct A;\n";
        assertThat(Sources.declaration(needed + source)).isEqualTo(tree);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "int a : 3, : 0; => Field(\"a\", int, 3)",
                "float x = 1, y{2}; => Field(\"x\", float, Initializer(COPY, [1]))",
                "union { int i; float f; }; => "
                        + "Struct(UNION, StructBody([Member(PUBLIC, Field(\"i\", int)), Member(PUBLIC, Field(\"f\", float))]))",
                "static constexpr constant int N = 3; => Variable(N, Qualified(int, [CONSTANT]), "
                        + "Modifiers([STATIC, CONSTEXPR]), Initializer(COPY, [3]))",
                "S(int a) : x(a), y{a} {} => Function(CONSTRUCTOR, S, Signature([Parameter(int, \"a\")]), Defined("
                        + "[MemberInitializer(x, Initializer(DIRECT, [a])), "
                        + "MemberInitializer(y, Initializer(LIST, [InitializerList([a])]))], Compound()))",
                "explicit S(S a) threadgroup = default; => Function(CONSTRUCTOR, S, Signature([Parameter(S, \"a\")], "
                        + "[THREADGROUP]), Modifiers([EXPLICIT]), Defaulted())",
                "~S() = delete; => Function(DESTRUCTOR, Destructor(\"S\"), Signature(), Deleted())",
                "operator float() const device; => Function(CONVERSION, Conversion(float), Signature([CONST, DEVICE]))",
                "template <typename T> operator T() const; => Template([OfType(\"T\")], "
                        + "Function(CONVERSION, Conversion(T), Signature([CONST])))",
                "S operator+(S o) const; => Function(ORDINARY, operator+, Signature(S, [Parameter(S, \"o\")], [CONST]))",
                "int operator()(int) & noexcept; => "
                        + "Function(ORDINARY, operator(), Signature(int, [Parameter(int)], LVALUE, BoolLiteral(value)))",
                "virtual void f() final = 0; => "
                        + "Function(ORDINARY, f, Signature(void), Modifiers([VIRTUAL, FINAL]), Pure())",
                "friend bool operator==(S a, S b); => Friend(Function(ORDINARY, operator==, Signature(bool, "
                        + "[Parameter(S, \"a\"), Parameter(S, \"b\")]), Modifiers([FRIEND])))",
                "using T = int; => TypeAlias(\"T\", int)",
                "later f() { return later(); } struct later {}; => Function(ORDINARY, f, Signature(later), "
                        + "Defined(Compound([Return(Construct(later))])))",
                "int g() { return h<3>(1); } template <int N> int h(int); => Function(ORDINARY, g, Signature(int), "
                        + "Defined(Compound([Return(Call(h<3>, [1]))])))",
            })
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
