package io.ringkernel.metal.msl.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.semantics.Checker;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.parse.MslParser;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HotSpot never compiles a method of over 8000 bytes. */
final class MethodSizeTest {
    private static final int HOTSPOT_LIMIT = 8000;

    private static Program check(String source) {
        var version = LanguageVersion.METAL_3_1;
        var diagnostics = new Diagnostics();
        var unit = MslParser.parse("program_source", source, ParseOptions.of(version), diagnostics);
        var program = Checker.check(unit, version, diagnostics);
        assertThat(diagnostics.messages()).isEmpty();
        return program;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "threadgroup_barrier(mem_flags::mem_none);"})
    void noMethodOfALargeKernelExceedsWhatIsCompiled(String synchronisation) {
        var statements = IntStream.range(0, 400)
                .mapToObj(i -> "float v%1$d = x * %1$d.5f + in[(gid + %1$d) %% 64]; if (v%1$d > 3) x += sin(v%1$d);"
                        .formatted(i))
                .collect(Collectors.joining("\n"));
        var table = IntStream.range(0, 2000).mapToObj(i -> i + ".0f").collect(Collectors.joining(","));
        var program = check("""
                #include <metal_stdlib>
                using namespace metal;
                constant float table[2000] = {%s};
                static float helper(float x, device const float* in, uint gid) { %s return x; }
                kernel void k(device const float* in [[buffer(0)]], device float* out [[buffer(1)]],
                              uint gid [[thread_position_in_grid]]) {
                    float x = table[gid];
                    %s
                    for (int i = 0; i < 3; i++) { %s %s }
                    out[gid] = helper(x, in, gid);
                }
                """.formatted(table, statements, statements, statements, synchronisation));
        assertMethodsAreCompiled(program);
    }

    @Test
    void noMethodOfAKernelWithManyBarriersExceedsIt() {
        var exchanges = IntStream.range(0, 300)
                .mapToObj(i -> "s[lid] = x + %d; threadgroup_barrier(mem_flags::mem_threadgroup); ".formatted(i)
                        + "x += s[(lid + %d) %% 64]; threadgroup_barrier(mem_flags::mem_threadgroup);".formatted(i))
                .collect(Collectors.joining("\n"));
        assertMethodsAreCompiled(check("""
                #include <metal_stdlib>
                using namespace metal;
                kernel void k(device float* out [[buffer(0)]], uint lid [[thread_position_in_threadgroup]]) {
                    threadgroup float s[64];
                    float x = out[lid];
                    for (int i = 0; i < 3; i++) {
                        %s
                        if (x > 1e30f) break;
                    }
                    out[lid] = x;
                }
                """.formatted(exchanges)));
    }

    private static void assertMethodsAreCompiled(Program program) {
        var options = new CodeOptions(true, true, false);
        var kernel = new KernelProgram(program, program.kernels().getFirst(), Map.of(), options);
        var bytes = new ClassEmitter(kernel, "msl.k").emit("program_source");
        var methods = ClassFile.of().parse(bytes).methods();
        assertThat(methods)
                .allSatisfy(method -> assertThat(method.findAttribute(Attributes.code()))
                        .hasValueSatisfying(code -> assertThat(code.codeLength())
                                .as(method.methodName().stringValue())
                                .isLessThan(HOTSPOT_LIMIT)));
    }
}
