package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.bindings.NSString_UTF8String;
import io.ringkernel.metal.bindings.NSString_initWithBytes_length_encoding;
import io.ringkernel.metal.bindings.NSString_lengthOfBytesUsingEncoding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text in both directions. The length travels with the bytes, so that a NUL inside the text survives. */
public final class NSString {
    private static final Message INIT_WITH_BYTES = Message.of(NSString_initWithBytes_length_encoding.class);
    private static final Message UTF8_STRING = Message.of(NSString_UTF8String.class);
    private static final Message LENGTH_OF_BYTES = Message.of(NSString_lengthOfBytesUsingEncoding.class);

    private NSString() {}

    /**
     * A new {@code NSString} with this text.
     *
     * @throws IllegalArgumentException if the text has an unpaired surrogate, which UTF-8 cannot say
     */
    public static Retained of(ObjectiveC objc, String text) {
        var utf8 = encode(text);
        try (var arena = Arena.ofConfined()) {
            // One spare byte, since an empty text needs an address as well.
            var bytes = arena.allocate(utf8.remaining() + 1L);
            long length = utf8.remaining();
            bytes.asByteBuffer().put(utf8);
            var send = objc.bind(INIT_WITH_BYTES);
            var string = NSString_initWithBytes_length_encoding.invoke(
                    send.function(),
                    NSObject.alloc(objc, "NSString"),
                    send.selector(),
                    bytes,
                    length,
                    Mtl.NSUTF8StringEncoding());
            return Retained.of(objc, INIT_WITH_BYTES, string);
        }
    }

    /** The text of an {@code NSString}, or null if it is nil. Needs an autorelease pool. */
    public static String toJava(ObjectiveC objc, MemorySegment string) {
        if (ObjectiveC.isNil(string)) {
            return null;
        }
        var length = objc.bind(LENGTH_OF_BYTES);
        long byteSize = NSString_lengthOfBytesUsingEncoding.invoke(
                length.function(), string, length.selector(), Mtl.NSUTF8StringEncoding());
        var bytes = objc.bind(UTF8_STRING);
        var utf8 = NSString_UTF8String.invoke(bytes.function(), string, bytes.selector());
        return new String(utf8.asSlice(0, byteSize).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private static ByteBuffer encode(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text with an unpaired surrogate: " + text, e);
        }
    }
}
