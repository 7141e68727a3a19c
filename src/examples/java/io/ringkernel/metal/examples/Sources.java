package io.ringkernel.metal.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The MSL files that lie beside the examples. */
final class Sources {

    private Sources() {}

    static String read(String name) {
        try (var stream = Sources.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
