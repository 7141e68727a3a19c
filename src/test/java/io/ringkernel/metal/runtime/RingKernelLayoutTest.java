package io.ringkernel.metal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.MslCompiler;
import io.ringkernel.metal.msl.MslLibrary;
import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.wire.RecordCodec;
import io.ringkernel.metal.wire.RingMessage;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** The structs of records, as the compiler lays them out beside the ring kernel, against the Java layout. */
final class RingKernelLayoutTest {
    enum Side {
        BUY,
        SELL
    }

    @RingMessage.Vector
    record Position(float x, float y, float z) {}

    record Nested(byte tag, Position position) {}

    record Everything(
            boolean flag,
            @RingMessage.Unsigned byte small,
            short medium,
            char letter,
            @RingMessage.Unsigned int number,
            long big,
            float value,
            @RingMessage.Half float halved,
            Side side,
            Nested nested,
            @RingMessage.Length(3) short[] list,
            @RingMessage.Length(2) long[] longs) {}

    record Nothing() {}

    static final List<Arguments> LAYOUTS = List.of(
            Arguments.of("Nested", RecordCodec.of(Nested.class).layout()),
            Arguments.of("Everything", RecordCodec.of(Everything.class).layout()));

    private static MslLibrary library;

    @BeforeAll
    static void compile() {
        var source = KernelSource.echo()
                .withRecords(List.of(RecordCodec.of(Everything.class), RecordCodec.of(Nothing.class)));
        library = MslCompiler.compile(source.msl(), MslOptions.of(LanguageVersion.METAL_3_0));
    }

    @AfterAll
    static void close() {
        library.close();
    }

    @ParameterizedTest
    @FieldSource("LAYOUTS")
    void theCompilerLaysAStructOutAsJavaDoes(String name, MemoryLayout layout) {
        assertSameLayout(library.structs().get(name), name, layout);
    }

    private static void assertSameLayout(Type.Struct struct, String name, MemoryLayout layout) {
        assertThat(struct).as(name).isNotNull();
        assertThat(struct.byteSize()).as("size").isEqualTo((int) layout.byteSize());
        assertThat(struct.alignment()).as("alignment").isEqualTo((int) layout.byteAlignment());
        var expected = new LinkedHashMap<String, Long>();
        for (var member : ((StructLayout) layout).memberLayouts()) {
            member.name().ifPresent(own -> expected.put(own, layout.byteOffset(PathElement.groupElement(own))));
        }
        assertThat(offsets(struct)).containsExactlyEntriesOf(expected);
    }

    @Test
    void theEntriesOfAGraphAreTheRoundAndTheKernel() {
        try (var graph =
                MslCompiler.compile(KernelSource.echo().graphMsl(), MslOptions.of(LanguageVersion.METAL_3_0))) {
            assertThat(graph.kernelNames()).containsExactlyInAnyOrder("k2k_begin_round", "ring_kernel_direct");
            assertThat(graph.warnings()).isEmpty();
        }
    }

    private static Map<String, Long> offsets(Type.Struct struct) {
        var offsets = new LinkedHashMap<String, Long>();
        struct.fields().forEach(member -> offsets.put(member.name(), (long) member.offset()));
        return offsets;
    }

    @Test
    void theRingKernelIsTheOnlyEntry() {
        assertThat(library.kernelNames()).containsExactly("ring_kernel");
        assertThat(library.warnings()).isEmpty();
    }
}
