package io.ringkernel.metal.msl.syntax.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.wire.MslText;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names that records must not have are those of the macros that the compiler knows. */
final class MacroNamesTest {
    static Stream<String> names() {
        var versions = LanguageVersion.values();
        return PredefinedMacros.ofStandardLibrary(versions[versions.length - 1])
                .lines()
                .map(line -> line.split("[ (]")[0])
                .sorted();
    }

    @Test
    void theFileOfReservedNamesHasEveryMacroOfTheStandardLibrary() {
        assertThat(MslText.of("macros.txt").lines()).containsExactlyElementsOf(names().toList());
    }
}
