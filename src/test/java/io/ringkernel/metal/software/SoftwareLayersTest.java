package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each package of the software Metal uses only those below it. */
final class SoftwareLayersTest {
    private static final Path SOURCES = Path.of("src/main/java/io/ringkernel/metal/software");

    /** From the top down. */
    private static final List<String> LAYERS = List.of(
            "", "command", "indirect", "library", "reflection", "sync", "resource", "gpu", "foundation", "runtime");

    private static final Pattern IMPORT =
            Pattern.compile("import (?:static )?io\\.ringkernel\\.metal\\.software\\.(?:([a-z]+)\\.)?[A-Z]");

    @Test
    void everyPackageIsALayer() throws IOException {
        try (var folders = Files.list(SOURCES)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .allMatch(LAYERS::contains);
        }
    }

    @Test
    void noPackageUsesOneAboveIt() throws IOException {
        var upwards = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                addUpwards(file, upwards);
            }
        }
        assertThat(upwards).isEmpty();
    }

    private static void addUpwards(Path file, Set<String> upwards) throws IOException {
        int layer = LAYERS.indexOf(SOURCES.relativize(file.getParent()).toString());
        var imports = IMPORT.matcher(Files.readString(file));
        while (imports.find()) {
            var used = imports.group(1) == null ? "" : imports.group(1);
            if (LAYERS.indexOf(used) < layer) {
                upwards.add(file.getFileName() + " uses " + used);
            }
        }
    }
}
