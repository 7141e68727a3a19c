package io.ringkernel.metal.software.foundation;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Immutable text, once it is initialised. */
public final class NSString extends NSObject {
    private static final long UTF8 = 4;

    private final boolean immortal;
    private String text;
    private MemorySegment utf8;

    /** What {@code alloc} returns: no text yet. */
    public NSString(ObjectRuntime runtime) {
        this(runtime, null, false);
    }

    public NSString(ObjectRuntime runtime, String text) {
        this(runtime, text, false);
    }

    private NSString(ObjectRuntime runtime, String text, boolean immortal) {
        super(runtime);
        this.text = text;
        this.immortal = immortal;
    }

    /** A constant of a framework, such as an error domain; lives as long as the provider. */
    public static NSString constant(ObjectRuntime runtime, String text) {
        return new NSString(runtime, text, true);
    }

    public String text() {
        require(text != null, ViolationKind.BAD_ARGUMENT, "used before init: %s", this);
        return text;
    }

    @Selector("stringWithUTF8String:")
    static NSString stringWithUtf8(ObjectClass receiver, MemorySegment bytes) {
        require(bytes.address() != 0, ViolationKind.NIL_ARGUMENT, "NULL for a C string");
        var runtime = receiver.runtime();
        return runtime.autorelease(new NSString(runtime, bytes.getString(0)));
    }

    @Selector("initWithBytes:length:encoding:")
    NSString initWithBytes(MemorySegment bytes, long length, long encoding) {
        require(text == null, ViolationKind.BAD_ARGUMENT, "initialised twice: %s", this);
        require(encoding == UTF8, ViolationKind.UNSUPPORTED, "encoding not UTF-8 (4): %d", encoding);
        require(length == 0 || bytes.address() != 0, ViolationKind.NIL_ARGUMENT, "NULL for %d bytes", length);
        text = length == 0
                ? ""
                : new String(bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        return this;
    }

    @Selector("UTF8String")
    synchronized MemorySegment utf8String() {
        if (utf8 == null) {
            // Reading it after the string died is the client's mistake; the bytes live on until Java forgets the
            // string.
            utf8 = Arena.ofAuto().allocateFrom(text());
        }
        return utf8;
    }

    @Selector("length")
    long length() {
        return text().length();
    }

    @Selector("lengthOfBytesUsingEncoding:")
    long lengthOfBytes(long encoding) {
        require(encoding == UTF8, ViolationKind.UNSUPPORTED, "encoding not UTF-8 (4): %d", encoding);
        return text().getBytes(StandardCharsets.UTF_8).length;
    }

    @Selector("isEqualToString:")
    boolean isEqualToString(@Nullable NSString other) {
        return other != null && text().equals(other.text());
    }

    /** Whether two objects are the same, or texts with the same characters. */
    static boolean areEqual(NSObject one, NSObject other) {
        return one == other || one instanceof NSString string && string.isEqual(other);
    }

    @Override
    protected boolean isEqual(NSObject other) {
        return other instanceof NSString string && isEqualToString(string);
    }

    @Override
    protected long objectHash() {
        return text().hashCode();
    }

    @Override
    protected NSObject copy() {
        retainForClient();
        return this;
    }

    @Override
    protected String description() {
        return text();
    }

    @Override
    public boolean isImmortal() {
        return immortal;
    }
}
