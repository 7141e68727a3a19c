package io.ringkernel.metal;

import static io.ringkernel.metal.TestKernel.msl;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.ringkernel.metal.MetalDiagnostic.Severity;
import io.ringkernel.metal.bindings.MTLCompileOptions_mathFloatingPointFunctions;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.software.library.LibraryFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalLibraryTest {
    private static final String TWO_KERNELS = msl("""
            float helper(float x) { return x + 1; }
            kernel void increment(device float* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                cells[i] = helper(cells[i]);
            }
            kernel void halve(device float* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                cells[i] *= 0.5f;
            }
            """);

    @Test
    void aLibraryNamesItsKernels(MetalDevice device) {
        try (var library = device.newLibrary(TWO_KERNELS)) {
            assertThat(library.functionNames()).containsExactlyInAnyOrder("increment", "halve");
            assertThat(library.toString()).contains("increment", "halve");
            library.setLabel("arithmetic");
            assertThat(library.label()).isEqualTo("arithmetic");
        }
    }

    @ParameterizedTest
    @CsvSource({"SAFE, true", "RELAXED, false", "FAST, false"})
    void safeMathTakesThePreciseFunctions(MetalMathMode mode, boolean precise, MetalDevice device) {
        var objc = device.objc();
        try (var _ = AutoreleasePool.push(objc);
                var options = NSObject.make(objc, "MTLCompileOptions")) {
            Assumptions.assumeTrue(
                    objc.respondsTo(options.id(), Message.of(MTLCompileOptions_mathFloatingPointFunctions.class)),
                    "macOS 15");
            MetalLibrary.describe(options, MetalCompileOptions.defaults().withMathMode(mode));
            var send = objc.bind(Message.of(MTLCompileOptions_mathFloatingPointFunctions.class));
            var functions =
                    MTLCompileOptions_mathFloatingPointFunctions.invoke(send.function(), options.id(), send.selector());
            assertThat(functions == Mtl.MTLMathFloatingPointFunctionsPrecise()).isEqualTo(precise);
        }
    }

    @Test
    void anUnknownFunctionIsRefusedWithThoseThatExist(MetalDevice device) {
        try (var library = device.newLibrary(TWO_KERNELS)) {
            assertThatThrownBy(() -> library.function("halv"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("'halv'")
                    .hasMessageContaining("halve")
                    .hasMessageContaining("increment");
            assertThatThrownBy(() -> library.function("helper", MetalFunctionConstants.none()))
                    .isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void aFunctionOutlivesItsLibrary(MetalDevice device) {
        var library = device.newLibrary(TWO_KERNELS);
        var function = library.function("halve");
        library.close();
        assertThat(function.name()).isEqualTo("halve");
        assertThatThrownBy(() -> library.function("halve")).isInstanceOf(IllegalStateException.class);
        try (function;
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var cells = device.newBufferOf(8f, 9f)) {
            queue.run(pipeline, MetalSize.of(2), cells).join();
            assertThat(cells.readFloats(0, 2)).containsExactly(4, 4.5f);
        }
    }

    @Test
    void aCompileErrorCarriesLineColumnAndText(MetalDevice device) {
        var source = """
                #include <metal_stdlib>
                kernel void broken(device float* cells [[buffer(0)]]) {
                    cells[0] = missing;
                }
                """;
        assertThatThrownBy(() -> device.newLibrary(source))
                .asInstanceOf(type(CompilationFailedException.class))
                .satisfies(failure -> {
                    assertThat(failure.error().domain()).isEqualTo("MTLLibraryErrorDomain");
                    assertThat(failure).hasMessageContaining("compiling MSL failed");
                    var diagnostic = failure.diagnostics().getFirst();
                    assertThat(diagnostic.severity()).isEqualTo(Severity.ERROR);
                    assertThat(diagnostic.line()).isEqualTo(3);
                    assertThat(diagnostic.column()).isEqualTo("    cells[0] = ".length() + 1);
                    assertThat(diagnostic.message()).contains("undeclared identifier 'missing'");
                });
    }

    @Test
    void everyErrorOfASourceIsReported(MetalDevice device) {
        var source = msl("""
                kernel void broken(device float* cells [[buffer(0)]]) {
                    cells[0] = first;
                    cells[1] = second;
                }
                """);
        assertThatThrownBy(() -> device.newLibrary(source))
                .asInstanceOf(type(CompilationFailedException.class))
                .satisfies(failure -> assertThat(failure.diagnostics())
                        .filteredOn(d -> d.severity() == Severity.ERROR)
                        .extracting(MetalDiagnostic::line)
                        .containsExactly(4, 5));
    }

    @Test
    void anUnclosedBraceIsAnErrorAndNotTheEndOfTheProcess(MetalDevice device) {
        assertThatThrownBy(() -> device.newLibrary("kernel void open() {"))
                .isInstanceOf(CompilationFailedException.class);
        assertThatThrownBy(() -> device.newLibrary("#error \"no\"")).hasMessageContaining("no");
    }

    @ParameterizedTest
    @CsvSource({"MSL_2_4,240", "MSL_3_0,300", "MSL_3_1,310", "MSL_3_2,320", "MSL_4_0,400"})
    void theLanguageVersionReachesTheSource(
            MetalLanguageVersion version, int expected, MetalDevice device, SoftwareMetal software) {
        var options = MetalCompileOptions.defaults().withLanguageVersion(version);
        assertThat(resultOf(device, "__METAL_VERSION__", options)).isEqualTo(expected);
    }

    @Test
    void macrosReachTheSource(MetalDevice device) {
        var options = MetalCompileOptions.defaults().withMacro("WIDTH", "6 * 7").withMacro("FLAG", "");
        assertThat(resultOf(device, "(WIDTH)", options)).isEqualTo(42);
        assertThatThrownBy(() -> resultOf(device, "WIDTH", MetalCompileOptions.defaults()))
                .isInstanceOf(CompilationFailedException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withMacro("2D", "1"))
                .withMessageContaining("2D");
    }

    @ParameterizedTest
    @EnumSource(MetalMathMode.class)
    void everyMathModeCompiles(MetalMathMode mode, MetalDevice device) {
        var options = MetalCompileOptions.defaults().withMathMode(mode);
        assertThat(resultOf(device, "int(6.0f * 7.0f)", options)).isEqualTo(42);
    }

    @Test
    void safeMathKeepsNanAndInfinity(MetalDevice device) {
        var options = MetalCompileOptions.defaults().withMathMode(MetalMathMode.SAFE);
        assertThat(resultOf(device, "int(isnan(0.0f / float(out[0])))", options))
                .isEqualTo(1);
        assertThat(resultOf(device, "int(1.0f / float(out[0]) > 3e38f)", options))
                .isEqualTo(1);
    }

    private static int resultOf(MetalDevice device, String expression, MetalCompileOptions options) {
        var source = "kernel void result(device int* out [[buffer(0)]]) { out[0] = " + expression + "; }";
        try (var kernel = TestKernel.of(device, source, options, MetalFunctionConstants.none());
                var out = device.newBuffer(Integer.BYTES)) {
            kernel.run(1, out);
            return out.readInts(0, 1)[0];
        }
    }

    @Test
    void bytesThatAreNoLibraryAreRefused(MetalDevice device) {
        assertThatThrownBy(() -> device.newLibrary("garbage".getBytes(US_ASCII)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("a library of 7 bytes");
    }

    @Test
    void aMissingFileIsRefusedWithItsName(MetalDevice device, @TempDir Path folder) {
        var missing = folder.resolve("missing.metallib");
        assertThatThrownBy(() -> device.newLibrary(missing))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("missing.metallib");
    }

    @Test
    void theSoftwareDeviceSaysThatItCannotRunAppleMachineCode(MetalDevice device, SoftwareMetal software) {
        assertThatThrownBy(() -> device.newLibrary("MTLB\1\2\3".getBytes(US_ASCII)))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("metallib of Apple's compiler")
                .hasMessageContaining("give it the source");
    }

    @Test
    void aLibraryIsLoadedFromAFileAndFromBytes(MetalDevice device, SoftwareMetal software, @TempDir Path folder)
            throws Exception {
        var file = folder.resolve("two kernels ü.metallib");
        Files.write(file, LibraryFile.of(TWO_KERNELS));
        try (var fromFile = device.newLibrary(file);
                var fromBytes = device.newLibrary(Files.readAllBytes(file))) {
            assertThat(fromFile.functionNames()).containsExactly("increment", "halve");
            assertThat(fromBytes.functionNames()).containsExactly("increment", "halve");
        }
    }

    @Test
    void aClosedDeviceCompilesNothing(SoftwareMetal software) {
        var device = MetalDevice.of(software);
        device.close();
        assertThatThrownBy(() -> device.newLibrary(TWO_KERNELS)).isInstanceOf(IllegalStateException.class);
    }
}
