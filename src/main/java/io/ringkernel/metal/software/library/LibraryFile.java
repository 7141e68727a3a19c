package io.ringkernel.metal.software.library;

import io.ringkernel.metal.bindings.Mtl;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The library files that the software Metal can read: MSL source whose first line is {@link #FIRST_LINE}. Apple's
 * metallib holds code for Apple's GPUs, and is refused with words that say so.
 */
public final class LibraryFile {
    /** How a file says what it is. */
    public static final String FIRST_LINE = "// ringkernel software metallib";

    private static final byte[] APPLE_MAGIC = {'M', 'T', 'L', 'B'};

    private LibraryFile() {}

    /** A file's content with this source. */
    public static byte[] of(String source) {
        return (FIRST_LINE + "\n" + source).getBytes(StandardCharsets.UTF_8);
    }

    /** The source in a file, the first line kept so that positions are the file's; throws {@link LibraryError}. */
    static String sourceOf(byte[] content) {
        if (content.length >= 4 && Arrays.equals(content, 0, 4, APPLE_MAGIC, 0, 4)) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorUnsupported(),
                    "the file is a metallib of Apple's compiler, with code for Apple's GPUs;"
                            + " the software Metal compiles MSL source: give it the source instead");
        }
        var text = decode(content);
        if (!text.startsWith(FIRST_LINE)) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorUnsupported(),
                    "the file is not a library of the software Metal: its first line is not \"" + FIRST_LINE + "\"");
        }
        return text;
    }

    private static String decode(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
