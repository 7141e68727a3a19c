package io.ringkernel.metal.software.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A source is compiled once for each set of options. */
final class LibraryCacheTest {
    private static final String SOURCE = "kernel void cached(device int* data [[buffer(0)]]) { *data = 1; }";
    private static final MslOptions OPTIONS = MslOptions.of(LanguageVersion.METAL_3_1);

    @Test
    void theSameSourceAndOptionsAreCompiledOnce() {
        assertThat(LibraryCache.compile(SOURCE, OPTIONS)).isSameAs(LibraryCache.compile(SOURCE, OPTIONS));
    }

    @Test
    void otherOptionsAreAnotherLibrary() {
        var other = OPTIONS.withMacros(Map.of("UNUSED", "1"));
        assertThat(LibraryCache.compile(SOURCE, OPTIONS)).isNotSameAs(LibraryCache.compile(SOURCE, other));
    }
}
