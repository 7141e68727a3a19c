package io.ringkernel.metal.msl.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.check.semantics.Checker;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.parse.MslParser;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which regions of a threadgroup's code move rows as a whole. */
final class RegionEmitterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile[l] = a[x];",
                "tile[i] = a[n * 3 + x];",
                "float v = a[x + 1]; uint at = l + n; tile[at] = v;",
                "if (l >= n && l < 50) tile[l] = a[x];",
            })
    void rowsAreMovedAsAWhole(String statements) {
        assertThat(moves(statements, true)).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile[l] = a[x] + 1.0f;",
                "tile[l] = a[n];",
                "float v = a[x]; if (l < n) tile[l] = v;",
                "tile[l * 2] = a[x];",
                "tile[l] = a[x]; tile[l + 1] = a[x];",
                "kept = a[x]; tile[l] = kept;",
                "if (a[x] > 0.0f) tile[l] = a[x];",
            })
    void otherStatementsEachLaneRunsByItself(String statements) {
        assertThat(moves(statements, true)).isZero();
    }

    @Test
    void thePlainCodeShapeMovesNone() {
        assertThat(moves("tile[l] = a[x];", false)).isZero();
    }

    private static long moves(String statements, boolean fast) {
        var source = """
                #include <metal_stdlib>
                using namespace metal;
                kernel void k(const device float* a [[buffer(0)]], device float* out [[buffer(1)]],
                              constant uint& n [[buffer(2)]], uint x [[thread_position_in_grid]],
                              uint l [[thread_position_in_threadgroup]], uint i [[thread_index_in_threadgroup]]) {
                    threadgroup float tile[64];
                    float kept = 0;
                    %s
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    out[x] = tile[(l + 1) %% 32] + kept;
                }
                """.formatted(statements);
        var version = LanguageVersion.METAL_3_1;
        var diagnostics = new Diagnostics();
        var unit = MslParser.parse("program_source", source, ParseOptions.of(version), diagnostics);
        var program = Checker.check(unit, version, diagnostics);
        assertThat(diagnostics.messages()).isEmpty();
        var kernel = program.kernels().getFirst();
        var lowered = new KernelProgram(program, kernel, Map.of(), new CodeOptions(true, fast, !fast, false));
        return ClassFile.of().parse(new ClassEmitter(lowered, "msl.k").emit()).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(CodeModel::elementStream)
                .filter(element -> element instanceof InvokeInstruction call
                        && call.owner().asInternalName().endsWith("/Rows")
                        && call.name().stringValue().equals("copy"))
                .count();
    }
}
