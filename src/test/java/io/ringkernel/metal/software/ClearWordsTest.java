package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.CommandFailedException;
import io.ringkernel.metal.CompilationFailedException;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalFunctionConstants;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.TestDevice;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when something goes wrong: the thing, by its name, and what to do. */
@ExtendWith(TestDevice.class)
final class ClearWordsTest {
    private static final String WRITE = """
            constant int step [[function_constant(3)]];
            kernel void write(device int* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                cells[i * step] = 1;
            }
            """;

    @Test
    void aFaultNamesTheBufferByItsLabelAndLeavesEmptyLabelsOut(MetalDevice device) {
        try (var library = device.newLibrary(WRITE);
                var function =
                        library.function("write", MetalFunctionConstants.none().with("step", 100));
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var buffer = device.newBuffer(16)) {
            assertThatThrownBy(
                            () -> queue.run(pipeline, MetalSize.of(2), buffer).join())
                    .hasCauseInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("command buffer failed: ")
                    .hasMessageContaining("of the buffer at index 0 of 16 bytes");
            buffer.setLabel("cells");
            queue.setLabel("steps");
            assertThatThrownBy(
                            () -> queue.run(pipeline, MetalSize.of(2), buffer).join())
                    .hasMessageContaining("command buffer of queue 'steps' failed: ")
                    .hasMessageContaining("of the buffer 'cells' at index 0 of 16 bytes");
        }
    }

    @Test
    void functionConstantsAreToldByTypeAndName(MetalDevice device) {
        try (var library = device.newLibrary(WRITE)) {
            assertThatThrownBy(() -> library.function(
                            "write", MetalFunctionConstants.none().with(3, 1.5f)))
                    .hasMessageContaining("function constant 'step' is int, its value is float");
            assertThatThrownBy(() -> library.function(
                            "write", MetalFunctionConstants.none().with("stop", 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no function constant 'stop' in the library; it has [step]");
        }
    }

    @Test
    void nullsAndNegativeCountsFailAsDocumented(MetalDevice device) {
        assertThatThrownBy(() -> device.newLibrary((String) null)).isInstanceOf(NullPointerException.class);
        try (var library = device.newLibrary(WRITE);
                var buffer = device.newBuffer(16)) {
            assertThatThrownBy(() -> library.function(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> buffer.readInts(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.readFloats(4, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.readInts(0, Integer.MAX_VALUE))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "flot, float",
        "Sampel, Sample",
        "uin, uint",
        "Smple, Sample",
        "intt, int",
        "foat4, float4",
        "Samplee, Sample"
    })
    void anUnknownTypeOneLetterAwayIsGuessed(String written, String meant, MetalDevice device) {
        assertThatThrownBy(() -> device.newLibrary("""
                        #include <metal_stdlib>
                        using namespace metal;
                        struct Sample { int a; };
                        kernel void f(device %s* o [[buffer(0)]]) {}
                        """.formatted(written)))
                .isInstanceOf(CompilationFailedException.class)
                .hasMessageContaining("unknown type name '%s'; did you mean '%s'?".formatted(written, meant));
    }

    @Test
    void anUnknownTypeFarFromAllIsNotGuessed(MetalDevice device) {
        assertThatThrownBy(() -> device.newLibrary("kernel void f(device Unheard* o [[buffer(0)]]) {}"))
                .hasMessageContaining("unknown type name 'Unheard'\nkernel void f(");
    }

    @Test
    void aRefusedSourceShowsItsLineAndACaret(MetalDevice device) {
        assertThatThrownBy(() -> device.newLibrary("kernel void f(device int* o [[buffer(0)]]) {\n\to[0] = q;\n}"))
                .hasMessageEndingWith(
                        "program_source:2:9: error: use of undeclared identifier 'q'\n\to[0] = q;\n\t       ^");
        assertThatThrownBy(() -> device.newLibrary(
                        "\n#line 7 \"mine\"\n\nkernel void f(device int* o [[buffer(0)]]) " + "{ o[0] = q; }\n"))
                .hasMessageContaining("mine:8:")
                .hasMessageContaining("\nkernel void f(device int* o [[buffer(0)]]) { o[0] = q; }\n ");
    }

    @Test
    void aBufferOverMemoryThatIsGoneIsRefusedEverywhere(MetalDevice device) {
        try (var library = device.newLibrary(WRITE);
                var function =
                        library.function("write", MetalFunctionConstants.none().with("step", 1));
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var commands = queue.commandBuffer()) {
            var arena = Arena.ofShared();
            var memory = arena.allocate(device.pageSize(), device.pageSize());
            try (var buffer = device.newBufferNoCopy(memory);
                    var other = device.newBuffer(16)) {
                assertThat(buffer.contents()).isEqualTo(memory);
                buffer.write(0, 5, 6);
                assertThat(memory.get(ValueLayout.JAVA_INT, 4)).isEqualTo(6);
                queue.run(pipeline, MetalSize.of(1), buffer).join();
                assertThat(buffer.readInts(0, 2)).containsExactly(1, 6);
                var encoder = commands.computeEncoder();
                encoder.setBuffer(0, buffer);
                encoder.endEncoding();
                var segment = buffer.contents();
                arena.close();
                assertThatThrownBy(() -> segment.get(ValueLayout.JAVA_INT, 0))
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(buffer::contents)
                        .hasMessageStartingWith("the arena of the buffer's memory is closed");
                assertThatThrownBy(() -> buffer.write(0, 1)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> buffer.readInts(0, 1)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(commands::commit)
                        .hasMessageStartingWith("the arena of the buffer's memory is closed");
                try (var again = queue.commandBuffer()) {
                    var compute = again.computeEncoder();
                    assertThatThrownBy(() -> compute.setBuffer(0, buffer)).isInstanceOf(IllegalStateException.class);
                    compute.endEncoding();
                    var blit = again.blitEncoder();
                    assertThatThrownBy(() -> blit.copy(buffer.slice(0, 16), other, 0))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(() -> blit.fill(buffer.slice(0, 16), (byte) 1))
                            .isInstanceOf(IllegalStateException.class);
                    blit.endEncoding();
                }
            }
        }
    }
}
