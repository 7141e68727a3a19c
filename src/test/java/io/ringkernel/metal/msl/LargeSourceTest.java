package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.KernelFault;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources as large, as deep and as empty as they come. */
@Timeout(60)
final class LargeSourceTest {
    private static final String KERNEL =
            "kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]]) {%s}";

    private static String repeated(int count, String statement) {
        return IntStream.range(0, count)
                .mapToObj(i -> statement.replace("#", Integer.toString(i)))
                .collect(Collectors.joining("\n"));
    }

    /** What one thread leaves in eight elements of {@code o}, where {@code in} holds 3, 4, 5 ... */
    private static int[] run(String declarations, String body) {
        var in = IntStream.range(3, 70).toArray();
        try (var kernel = TestKernel.of(declarations + KERNEL.replace("%s", body))) {
            return kernel.bind(0, new int[8]).bind(1, in).run(1, 1).ints(0);
        }
    }

    @Test
    void blocksWithLocalArraysAndManyStatementsRun() {
        int[] expected = new int[8];
        IntStream.range(0, 400).forEach(i -> expected[i & 7] += i);
        assertThat(run("", repeated(400, "{ int a[4]; a[in[0] & 3] = #; o[# & 7] += a[in[8] & 3]; }")))
                .isEqualTo(expected);
    }

    @Test
    void aLargeSwitchRunsEachOfItsCases() {
        var cases = repeated(3000, "case 2 * # - 3000: r = r * 3 + in[# & 7]; if (# & 1) break;");
        var body = "int r = 1; switch (o[0]) { " + cases + " default: r = 5; } o[1] = r;";
        try (var kernel = TestKernel.of(KERNEL.replace("%s", body))) {
            for (int i : new int[] {0, 1, 2, 1498, 1499, 2998, 2999}) {
                var first = 3 + in(i);
                var expected = i % 2 == 1 ? first : first * 3 + in(i + 1);
                assertThat(kernel.bind(0, 2 * i - 3000, 0)
                                .bind(1, IntStream.range(3, 70).toArray())
                                .run(1, 1)
                                .ints(0)[1])
                        .as("case %d", i)
                        .isEqualTo(expected);
            }
            assertThat(kernel.bind(0, 1, 0).run(1, 1).ints(0)[1]).isEqualTo(5);
        }
    }

    private static int in(int i) {
        return 3 + (i & 7);
    }

    @Test
    void manyStatementsRun() {
        int[] expected = new int[8];
        IntStream.range(0, 6000).forEach(i -> expected[i & 7] += in(i * 5) * i);
        assertThat(run("", repeated(6000, "o[# & 7] += in[(# * 5) & 7] * #;"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 5000})
    void aSumMayHaveManyTerms(int terms) {
        var sum = repeated(terms, "in[# & 7]+") + "0";
        assertThat(run("", "o[0] = " + sum + ";")[0])
                .isEqualTo(IntStream.range(0, terms).map(LargeSourceTest::in).sum());
        assertThat(run("", "o[0] = " + sum.replace("+", "&& ") + ";")[0]).isZero();
    }

    @Test
    void aChainOfBranchesMayBeLong() {
        assertThat(run("", repeated(20_000, "if (in[1] == # - 15000) o[0] = #; else") + ";")[0])
                .isEqualTo(15_004);
        assertThat(run("", "o[0] = " + repeated(20_000, "in[1] == # - 15000 ? # :") + "0;")[0])
                .isEqualTo(15_004);
        assertThat(run("", repeated(10_000, "if (in[# & 7] == 3 + (# & 7))") + " o[0] = 5;")[0])
                .isEqualTo(5);
        assertThat(run("", "int a, b; " + repeated(5_000, "a = b =") + "in[2]; o[0] = a + b;")[0])
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"if (x == 3 * #) return #;", "if (x == 3 * #) return #; else"})
    void aFunctionMayReturnInManyPlaces(String branch) {
        var function = "int f(int x) { " + repeated(10_000, branch) + " return -1; }";
        assertThat(run(function, "o[0] = f(in[0] * 5000); o[1] = f(0); o[2] = f(3 * 9999); o[3] = f(1);"))
                .startsWith(5000, 0, 9999, -1);
    }

    @Test
    void aKernelMayEndInManyPlaces() {
        assertThat(run("", repeated(5_000, "if (in[0] == # - 4000) { o[0] = #; return; }") + " o[0] = -1; o[1] = 7;"))
                .startsWith(4003, 0);
    }

    @Test
    void callsMayBeNestedDeep() {
        var functions = new StringBuilder("int f0(int x) { return x * 3; }\n");
        for (int i = 1; i < 600; i++) {
            functions.append("int f" + i + "(int x) { return f" + (i - 1) + "(x) + 1; }\n");
        }
        assertThat(run(functions.toString(), "o[0] = f599(in[0]);")[0]).isEqualTo(3 * 3 + 599);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel void k(threadgroup float* a [[threadgroup(0)]]) {}",
                "kernel void k() {}",
                "kernel void k() { threadgroup_barrier(mem_flags::mem_none); }",
                "kernel void k() { simdgroup_barrier(mem_flags::mem_none); return; }",
                "kernel void k() { threadgroup int a[4]; }",
                "kernel void k(uint i [[thread_position_in_grid]]) { if (i > 5) {} }",
                "kernel void k(threadgroup int* a [[threadgroup(0)]]) { for (;;) { break; } }",
                "kernel void k(threadgroup int* a [[threadgroup(0)]], uint i [[thread_position_in_grid]])"
                        + " { switch (i) {} if (i) return; }"
            })
    void aKernelMayDoNothing(String source) {
        try (var kernel = TestKernel.of(source)) {
            assertThat(kernel.threadgroupLength(0, 64).run(4, 2).kernel().name())
                    .isEqualTo("k");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); } %s{ o[0] = fib(100); }",
                "int f0(int x) { return x * 3 + 1; } %s{ o[0] = f45(in[0]); }"
            })
    void aKernelWithoutALoopCanBeStopped(String source) throws InterruptedException {
        var twice = new StringBuilder();
        for (int i = 1; i < 46; i++) {
            twice.append("int f" + i + "(int x) { return f" + (i - 1) + "(x) + f" + (i - 1) + "(x + 1); }\n");
        }
        var functions = source.contains("f45") ? twice.toString() : "";
        try (var kernel = TestKernel.of(source.formatted(functions + KERNEL.replace("{%s}", "")))) {
            var run = kernel.bind(0, new int[8]).bind(1, new int[8]).prepare(new Extent(1, 1, 1), new Extent(1, 1, 1));
            TestKernel.assertStops(run, KernelFault.Kind.TIMEOUT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "template<int D, int N> struct T { enum { v = T<D - 1, N * 2>::v + T<D - 1, N * 2 + 1>::v }; };"
                        + " template<int N> struct T<0, N> { enum { v = 1 }; }; constant int x = T<24, 0>::v;",
                "template<class A, class B> struct Q {}; template<int N> struct R {"
                        + " using t = Q<typename R<N - 1>::t, typename R<N - 1>::t>; };"
                        + " template<> struct R<0> { using t = int; }; constant int x = sizeof(R<40>::t);",
                "struct A { int x[16384]; }; struct B { A y[16384]; }; constant B b = {};",
                "struct A { int x[16384]; }; struct B { A y[200]; }; constexpr int f() { int s = 0;"
                        + " for (int i = 0; i < 1000000; i++) { B b = {}; s += b.y[0].x[0]; } return s; }"
                        + " constant int x = f();",
                "constant int a[100000000] = {1}; constant int x = a[5];",
                "constant int a[2000000000] = {1};"
            })
    void workThatDoublesEndsWithAnError(String source) {
        assertThatThrownBy(() -> TestKernel.of(source + "kernel void k() {}"))
                .isInstanceOf(MslCompilationException.class)
                .hasMessageContaining("error: ")
                .hasMessageNotContaining("internal");
    }

    /** What is between the signs is repeated; the element at X is the value of X. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "constant int a[N] = {~#,~}; | a[X]",
                "constant short a[N] = {~short(#),~}; | int(a[X])",
                "struct S { int a; float2 b; bool c; }; constant S a[N] = {~{#, float2(#, -1), true},~};"
                        + " | a[X].a * int(a[X].c) * -int(a[X].b.y)",
                "struct S { int a : 5; int b : 27; }; constant S a[N] = {~{3, #},~}; | a[X].b * (a[X].a == 3)",
                "union U { int a; float b; }; constant U a[N] = {~{#},~}; | a[X].a",
                "constant half4 a[N] = {~half4(1, 2, # & 63, 4),~}; | (X & ~63) + int(a[X].z)",
                "constant int a[N][2][2] = {~{{1, 2}, {#, 4}},~}; | a[X][1][0]",
                "struct S { int a; constexpr S(int x) : a(x) {} }; constant S a[N] = {~S(#),~}; | a[X].a",
                "struct S { int b; int a[N]; }; constant S s = {5, {~#,~}}; | s.a[X] * (s.b == 5)",
                "constant array<int, N> a = {{~#,~}}; | a[X]",
                "constant float2x2 a[N] = {~float2x2(#, 1, 2, 3),~}; | int(a[X][0][0])",
                "int f(int x) { int a[N] = {~#,~}; return a[x]; } | f(X)",
                "int f(int x) { const float a[N] = {~#,~}; return int(a[x]); } | f(X)"
            })
    void constantsMayBeLarge(String source) {
        int count = 30_000;
        var parts = source.split(" \\| ");
        var pieces = parts[0].split("~");
        var declaration = pieces[0] + repeated(count, pieces[1]) + pieces[2];
        var value = parts[1].replace("X", "in[i]");
        try (var kernel = TestKernel.of(declaration.replace("N]", count + "]").replace("N>", count + ">")
                + KERNEL.replace("%s", "for (int i = 0; i < 4; i++) o[i] = " + value + ";"))) {
            kernel.bind(0, new int[4]).bind(1, 0, 1, 12_345, count - 1);
            assertThat(kernel.run(1, 1).ints(0)).containsExactly(0, 1, 12_345, count - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant int a[300000] = {~#,~};", "constant int a[300000] = {0, 1};"})
    void aTableMayBeVeryLarge(String table) {
        var pieces = table.split("~");
        var whole = pieces.length == 1 ? table : pieces[0] + repeated(300_000, pieces[1]) + pieces[2];
        assertThat(run(whole, "o[0] = a[in[0] - 2]; o[1] = a[299999];"))
                .startsWith(1, pieces.length == 1 ? 0 : 299_999);
    }

    /** Each macro gives its argument twice to the next. */
    @ParameterizedTest
    @ValueSource(strings = {"x x", "x##x", "(x + x)", "x, x"})
    void macrosThatDoubleEndWithAnError(String twice) {
        var last = twice.contains(",") ? "#define F0(...) 1\n" : "#define F0(x) x\n";
        var macros = repeated(40, "#define G#(x) F#(" + twice + ")");
        for (int i = 1; i < 40; i++) {
            macros += "\n#define F" + i + "(...) G" + (i - 1) + "(__VA_ARGS__)";
        }
        var source = last + macros + "\nconstant int c = G39(1); kernel void k() {}";
        assertThatThrownBy(() -> TestKernel.of(source))
                .isInstanceOf(MslCompilationException.class)
                .hasMessageContaining("error: ");
    }

    @Test
    void classesThatContainEachOtherTwiceAreCheckedOnce() {
        var structs = new StringBuilder("struct S0 { int a; };");
        for (int i = 1; i < 26; i++) {
            structs.append("struct S" + i + " { S" + (i - 1) + " a, b; };");
        }
        assertThat(run(structs.toString(), "S3 s; s.a.b.a.a = 4; o[0] = s.a.b.a.a; o[1] = sizeof(S25) >> 20;"))
                .startsWith(4, 128);
    }

    @Test
    void namesMayBeLongerThanAClassFileHolds() {
        var name = "n".repeat(70_000);
        var source = "int f%1$s(int x) { int s = 0; %2$s return s; } kernel void k%1$s(device int* o [[buffer(0)]]) {"
                .formatted(name, repeated(20, "for (int i = 0; i < x; i++) s += i;"));
        try (var kernel = TestKernel.of("#line 7 \"" + name + "\"\n" + source + "o[0] = f" + name + "(o[0]); }")) {
            assertThat(kernel.kernel().name()).isEqualTo("k" + name);
            assertThat(kernel.bind(0, 3).run(1, 1).ints(0)).containsExactly(60);
        }
    }
}
