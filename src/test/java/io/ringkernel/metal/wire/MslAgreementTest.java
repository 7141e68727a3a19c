package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.MslCompiler;
import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.wire.RingMessage.Half;
import io.ringkernel.metal.wire.RingMessage.Length;
import io.ringkernel.metal.wire.RingMessage.Unsigned;
import io.ringkernel.metal.wire.RingMessage.Vector;
import java.io.IOException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The layouts of records against those that the MSL compiler gives the same structs. */
final class MslAgreementTest {
    enum Side {
        BUY,
        SELL
    }

    @Vector
    record Pixel(
            @Unsigned byte r, @Unsigned byte g, @Unsigned byte b) {}

    @Vector
    record Position(float x, float y, float z) {}

    @Vector
    record Pair(@Half float x, @Half float y) {}

    @Vector
    record Wide(
            @Unsigned long x, @Unsigned long y, @Unsigned long z) {}

    record Inner(byte tag, Position at, @Half float weight) {}

    record Everything(
            boolean flag,
            short small,
            @Unsigned short large,
            char letter,
            int whole,
            @Unsigned int natural,
            long big,
            @Unsigned long bigger,
            float real,
            @Half float narrow,
            Side side,
            Pixel pixel,
            Pair pair,
            Inner inner,
            @Length(3) Inner[] inners,
            @Length(5) Side[] sides,
            @Length(7) boolean[] flags,
            @Half @Length(3) float[] halves,
            @Unsigned @Length(3) long[] counters,
            Wide wide,
            @Length(2) Wide[] wides,
            byte last) {}

    static Map<String, Type.Struct> structsOf(String source) {
        try (var library = MslCompiler.compile(source, MslOptions.of(LanguageVersion.METAL_3_0))) {
            assertThat(library.warnings()).isEmpty();
            return library.structs();
        }
    }

    private static String wireMetal() throws IOException {
        try (var resource = MslAgreementTest.class.getResourceAsStream("/io/ringkernel/metal/msl/wire.metal")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void assertAgreement(StructLayout layout, Type.Struct struct) {
        assertThat(struct.byteSize()).as("size of %s", struct).isEqualTo((int) layout.byteSize());
        assertThat(struct.alignment()).as("alignment of %s", struct).isEqualTo((int) layout.byteAlignment());
        var members = layout.memberLayouts().stream()
                .map(MemoryLayout::name)
                .flatMap(name -> name.stream())
                .toList();
        assertThat(struct.fields().stream().map(Type.Struct.Field::name).toList())
                .isEqualTo(members);
        for (var field : struct.fields()) {
            var member = PathElement.groupElement(field.name());
            assertThat(field.offset())
                    .as("offset of %s.%s", struct, field.name())
                    .isEqualTo((int) layout.byteOffset(member));
            assertThat(field.type().byteSize())
                    .as("size of %s.%s", struct, field.name())
                    .isEqualTo((int) layout.select(member).byteSize());
        }
    }

    @Test
    void aRecordsStructIsLaidOutAlikeOnBothSides() {
        var codec = RecordCodec.of(Everything.class);
        var structs = structsOf("#include <metal_stdlib>\nusing namespace metal;\n" + codec.mslDefinition());
        assertAgreement((StructLayout) codec.layout(), structs.get("Everything"));
        assertAgreement((StructLayout) RecordCodec.of(Inner.class).layout(), structs.get("Inner"));
        assertThat(codec.byteSize()).isEqualTo(structs.get("Everything").byteSize());
    }

    @Test
    void aRecordsDefinitionStandsBehindTheSharedStructs() throws IOException {
        assertThat(structsOf(wireMetal() + RecordCodec.of(Everything.class).mslDefinition()))
                .containsKeys("MessageHeader", "Everything");
    }
}
