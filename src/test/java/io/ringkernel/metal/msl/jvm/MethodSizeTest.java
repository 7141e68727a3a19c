package io.ringkernel.metal.msl.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.semantics.Checker;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.parse.MslParser;
import io.ringkernel.metal.runtime.MslTemplates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HotSpot never compiles a method of over 8000 bytes; its first compiler, none with too many accesses to memory. */
final class MethodSizeTest {
    private static final int HOTSPOT_LIMIT = 8000;
    /** Atomic ones are not counted. A method with 33 and 4 atomic ones in a loop failed on JDK 25. */
    private static final int MOST_ACCESSES = 36;

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
    void aFunctionMayTakeMoreWordsThanAMethodOfTheJvm() {
        var parameters = IntStream.range(0, 9).mapToObj(i -> "Wide p" + i).collect(Collectors.joining(", "));
        var sum = IntStream.range(0, 9)
                .mapToObj(i -> IntStream.range(0, 16).mapToObj(k -> "p%d.v%d".formatted(i, k)))
                .flatMap(terms -> terms)
                .collect(Collectors.joining(" + "));
        var members = IntStream.range(0, 16).mapToObj(k -> "long v%d;".formatted(k));
        assertMethodsAreCompiled(check("""
                #include <metal_stdlib>
                using namespace metal;
                struct Wide { %s };
                static long all(%s) { return %s; }
                kernel void k(device long* out [[buffer(0)]], device Wide* in [[buffer(1)]]) {
                    out[0] = all(in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7], in[8]);
                }
                """.formatted(members.collect(Collectors.joining(" ")), parameters, sum)));
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

    /** The kernels that the library ships, and those of the benchmarks; the record is the largest that one has. */
    static Stream<Arguments> sources() {
        var ring = MslTemplates.RING_KERNEL + """
                struct Record { long v[8]; };
                void handle(thread RingContext& ring) {
                    device Record& state = state_as<Record>(ring);
                    state.v[0] += message_as<Record>(ring).v[1];
                    reply(ring, state);
                    send(ring, 7ul, message_as<Record>(ring));
                }
                """;
        var inboxes = MslTemplates.WIRE + MslTemplates.K2K;
        return Stream.of(
                Arguments.of("ring kernel", MslTemplates.WIRE + ring),
                Arguments.of(
                        "graph",
                        String.join(
                                "\n",
                                inboxes,
                                MslTemplates.K2K_ROUND,
                                "#define K2K_DIRECT 1",
                                ring,
                                MslTemplates.K2K_RING)),
                Arguments.of("halo", inboxes + read("msl/halo_exchange.metal")),
                Arguments.of("n-body", read("src/jmh/resources/kernels/n_body.metal")),
                Arguments.of("heat", read("src/jmh/resources/kernels/heat_tiles.metal")));
    }

    private static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void noMethodOfAShippedKernelHasMoreAccessesThanTheFirstCompilerTakes(String name, String source) {
        var program = check(source);
        assertThat(program.kernels())
                .isNotEmpty()
                .allSatisfy(kernel -> assertThat(methods(program, kernel))
                        .allSatisfy(method -> assertThat(accesses(method))
                                .as(kernel.name() + " " + method.methodName())
                                .isLessThanOrEqualTo(MOST_ACCESSES)));
    }

    private static long accesses(MethodModel method) {
        return method.code().stream()
                .flatMap(CodeModel::elementStream)
                .filter(element -> element instanceof InvokeInstruction call
                        && call.owner().asInternalName().equals("java/lang/foreign/MemorySegment")
                        && Set.of("get", "set").contains(call.name().stringValue()))
                .count();
    }

    private static List<MethodModel> methods(Program program, Kernel kernel) {
        return Stream.of(false, true)
                .flatMap(loneThreads -> {
                    var options = new CodeOptions(true, true, false, loneThreads);
                    var lowered = new KernelProgram(program, kernel, Map.of(), options);
                    var bytes = new ClassEmitter(lowered, "msl.k").emit();
                    return ClassFile.of().parse(bytes).methods().stream();
                })
                .toList();
    }

    private static void assertMethodsAreCompiled(Program program) {
        assertThat(methods(program, program.kernels().getFirst()))
                .allSatisfy(method -> assertThat(method.findAttribute(Attributes.code()))
                        .hasValueSatisfying(code -> assertThat(code.codeLength())
                                .as(method.methodName().stringValue())
                                .isLessThan(HOTSPOT_LIMIT)));
    }
}
