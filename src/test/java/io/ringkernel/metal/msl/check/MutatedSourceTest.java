package io.ringkernel.metal.msl.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.MslCompilationException;
import io.ringkernel.metal.msl.MslCompiler;
import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged sources are compiled or refused with a place, and never crash the compiler; the soak tests try many more. */
@Timeout(60)
final class MutatedSourceTest {
    private static final int MUTANTS = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedSourcesEndInCodeOrInAnErrorWithAPlace(long seed) throws IOException, URISyntaxException {
        var random = new Random(seed);
        var sources = sources();
        for (int i = 0; i < MUTANTS; i++) {
            assertSound(mutant(sources, random));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#0\n]", "#line 0\n]", "#line 7 \"\"\n]", "]", "", "\\", "#", "\"", "/*", "#if"})
    void everyDiagnosticHasAPlace(String source) {
        assertSound(source);
    }

    private static void assertSound(String source) {
        try (var library = MslCompiler.compile(source, MslOptions.of(LanguageVersion.METAL_3_1))) {
            for (var name : library.kernelNames()) {
                assertThat(library.specialize(name, Map.of()).name()).isEqualTo(name);
            }
        } catch (MslCompilationException e) {
            assertThat(e.getMessage()).as(source).doesNotContain("internal compiler error");
            assertThat(e.diagnostics()).as(source).isNotEmpty().allSatisfy(diagnostic -> {
                assertThat(diagnostic.position().line()).isPositive();
                assertThat(diagnostic.position().column()).isPositive();
            });
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            // A function constant has no value, or the kernel needs what only other pipelines have.
            assertThat(e.getMessage()).contains("kernel '");
        }
    }

    /** A source with a few words removed, doubled, or replaced by those of another source. */
    private static String mutant(List<String> sources, Random random) {
        var words = words(sources.get(random.nextInt(sources.size())));
        var others = words(sources.get(random.nextInt(sources.size())));
        for (int changes = 1 + random.nextInt(4); changes > 0 && !words.isEmpty(); changes--) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(4)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                case 2 -> words.set(at, words.get(random.nextInt(words.size())));
                default -> words.set(at, others.get(random.nextInt(others.size())));
            }
        }
        return String.join("", words);
    }

    private static List<String> words(String source) {
        return new ArrayList<>(List.of(source.split("(?<=\\W)|(?=\\W)")));
    }

    private static List<String> sources() throws IOException, URISyntaxException {
        var sources = new ArrayList<String>();
        var folder = Path.of(MutatedSourceTest.class.getResource("/msl/accept").toURI());
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }
}
