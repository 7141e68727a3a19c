package io.ringkernel.metal.msl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.check.semantics.Checker;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.parse.MslParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which loops lanes take turns in, and which of them are copies. */
final class StridedPlanTest {

    /** Whether each loop that lanes share in a kernel is a copy, in order. */
    private static List<Boolean> copies(String body) {
        var version = LanguageVersion.METAL_3_1;
        var diagnostics = new Diagnostics();
        var unit = MslParser.parse("program_source", """
                #include <metal_stdlib>
                using namespace metal;
                kernel void k(const device float* a [[buffer(0)]], const device uint* r [[buffer(1)]],
                              device float* out [[buffer(2)]], constant uint& n [[buffer(3)]],
                              const device uint4* a4 [[buffer(4)]], device uint4* out4 [[buffer(5)]],
                              const device half* ah [[buffer(6)]], device half* outh [[buffer(7)]],
                              uint2 at [[thread_position_in_grid]]) {
                    int x = at.x;
                    float sum = 0;
                    %s
                }
                """.formatted(body), ParseOptions.of(version), diagnostics);
        var program = Checker.check(unit, version, diagnostics);
        assertThat(diagnostics.messages()).isEmpty();
        var options = new CodeOptions(true, true, false, false);
        var lowered = new KernelProgram(program, program.kernels().getFirst(), Map.of(), options);
        var found = new ArrayList<Boolean>();
        StridedPlan.of(new RowsLayout(lowered))
                .ifPresent(plan -> GroupPlan.forEach(plan.plan().body(), statement -> {
                    if (statement instanceof GroupStmt.Region region) {
                        plan.loop(region)
                                .ifPresent(loop -> found.add(loop.copy().isPresent()));
                    }
                }));
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for (uint i = at.x; i < n; i += 8u) out[i] = a[i + 3];                      | true",
                "for (int i = x; i < int(r[at.y]); i += 8) out[i] = a[i];                    | ",
                "int m = r[at.y]; for (int i = x; i < m; i += 8) out[i] = a[i];              | true",
                "for (int i = x; i < 9; i += 8) out4[i] = a4[i + int(n)];                     | true",
                "for (int i = x; i < 9; i += 8) out4[i] = a4[i].yxzw;                         | false",
                "for (int i = x; i < 9; i += 8) outh[i] = ah[i];                              | false",
                "for (int i = x; i < 9; i += 8) out[i * 2] = a[i * 2];                       | false",
                "for (int i = x; i < 9; i += 8) out[i] = a[i * int(n)];                      | false",
                "for (int i = x; i < 9; i += 8) out[i] = a[i] * 2.0f;                        | false",
                "if (r[0] > n) { for (int i = x; i < 9; i += 8) out[i] = a[i]; return; } out[x] = 1; | true",
                "if (r[0] > n) for (int i = x + 1; i < 9; i += 8) out[i] = a[i];             | true",
            })
    void lanesTakeTurns(String body, Boolean isCopy) {
        assertThat(copies(body)).isEqualTo(isCopy == null ? List.of() : List.of(isCopy));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (int i = x; i < 99; i += 8) { if (a[i] > 0) break; out[i] = a[i]; }",
                "for (int i = x; i < 99; i += 8) { sum += a[i]; out[i] = sum; }",
                "for (int i = x; i < 99; i += 8) sum += a[i]; out[x] = sum;",
                "for (int i = x; i < 99; i += 8) out[i] = a[r[i]];",
                "for (int i = x; i < 99; i += 8) { out[i] = a[i]; i++; }",
                "for (int i = x; i < 99; i += 8) out[i] = a[x];",
                "for (int i = x; i < x + 99; i += 8) out[i] = a[i];",
                "for (int i = x * 2; i < 99; i += 8) out[i] = a[i];",
                "for (int i = 0; i < 99; i += 8) out[i] = a[i];",
                "if (x > int(r[1])) for (int i = x; i < 99; i += 8) out[i] = a[i];",
                "for (uint k = 0; k < n; k++) for (int i = x; i < 9; i += 8) out[i + k] = a[i + k];",
                "for (int i = x; i < 99; i += 8) out[i] = a[i]; out[x + 100] = a[x];",
                "for (int i = x; i < 99; i += 8) out[i] = a[i]; out[r[1] + 100] = 2;",
                "for (int i = x; i < 99; i += 8)"
                        + " atomic_fetch_add_explicit((device atomic_uint*)out + i, 1u, memory_order_relaxed);",
            })
    void lanesGoThroughOtherLoopsByThemselves(String body) {
        assertThat(copies(body)).isEmpty();
    }
}
