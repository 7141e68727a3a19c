package io.ringkernel.metal.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The MSL files that the library carries, to be printed, read and compiled with code of one's own. */
public final class MslText {
    private static final String FOLDER = "/io/ringkernel/metal/msl/";

    private MslText() {}

    /**
     * The text of a file of the library's {@code msl} folder, for example {@code wire.metal}.
     *
     * @throws IllegalArgumentException if there is no such file
     * @throws UncheckedIOException if the file cannot be read
     */
    public static String of(String fileName) {
        try (var resource = MslText.class.getResourceAsStream(FOLDER + fileName)) {
            if (resource == null) {
                throw new IllegalArgumentException("no MSL file of the library: " + fileName);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the library's " + fileName + " cannot be read", e);
        }
    }
}
