package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.MslTemplates;
import java.io.IOException;
import java.lang.foreign.StructLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every struct of the shipped MSL has a layout in Java that says the same: size, alignment, each member. */
final class SharedStructsTest {
    static final List<StructLayout> LAYOUTS = List.of(
            Wire.HLC_TIMESTAMP,
            ControlBlock.LAYOUT,
            MessageHeader.LAYOUT,
            MetalK2KInboxHeader.LAYOUT,
            MetalK2KRouteEntry.LAYOUT,
            MetalK2KRoutingTable.LAYOUT,
            MetalHaloMessage.LAYOUT,
            RingArguments.LAYOUT,
            MessageOutcome.LAYOUT,
            K2KMember.LAYOUT,
            K2KProgress.LAYOUT,
            K2KFailure.LAYOUT,
            K2KRound.LAYOUT,
            HaloTile.LAYOUT,
            HaloRun.LAYOUT,
            HaloShape.LAYOUT,
            HaloRoute.LAYOUT,
            HaloMail.LAYOUT);

    /** Structs of one thread, which the host never sees. */
    private static final List<String> OF_ONE_THREAD = List.of("RingContext", "K2KRoute");

    /** Complete sources, with every shipped file in one of them. */
    private static final List<String> SOURCES = List.of(
            KernelSource.echo().msl(),
            KernelSource.echo().graphMsl(),
            String.join("\n", MslTemplates.WIRE, MslTemplates.K2K, MslTemplates.HALO_EXCHANGE));

    private static final Map<String, Type.Struct> STRUCTS = new TreeMap<>();

    @BeforeAll
    static void compile() {
        SOURCES.forEach(source -> STRUCTS.putAll(MslAgreementTest.structsOf(source)));
        // What the standard library defines is no part of what is shipped.
        MslAgreementTest.structsOf("#include <metal_stdlib>").keySet().forEach(STRUCTS::remove);
    }

    @ParameterizedTest
    @FieldSource("LAYOUTS")
    void aStructIsLaidOutAlikeOnBothSides(StructLayout layout) {
        MslAgreementTest.assertAgreement(layout, STRUCTS.get(layout.name().orElseThrow()));
    }

    @Test
    void everyStructHasALayoutOrIsOfOneThread() {
        var known = new TreeSet<>(OF_ONE_THREAD);
        LAYOUTS.forEach(layout -> known.add(layout.name().orElseThrow()));
        assertThat(STRUCTS.keySet()).isEqualTo(known);
    }

    @Test
    void everyShippedFileIsInOneOfTheSources() throws IOException {
        var files = new ArrayList<Path>();
        try (var all = Files.list(Path.of("msl"))) {
            all.filter(file -> file.toString().endsWith(".metal")).forEach(files::add);
        }
        assertThat(files).hasSizeGreaterThan(6).allSatisfy(file -> {
            var text = Files.readString(file);
            assertThat(SOURCES).anyMatch(source -> source.contains(text));
        });
    }
}
