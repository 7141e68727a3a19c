package io.ringkernel.metal.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A table of what Apple's public headers declare: tab-separated, {@code -} for an empty cell. */
public final class ApiTable {
    private ApiTable() {}

    /** The rows of a table, without the line that says where they come from. */
    public static List<List<String>> rows(String name) {
        try (var in = ApiTable.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Stream.of(line.split("\t"))
                            .map(cell -> cell.equals("-") ? "" : cell)
                            .toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
