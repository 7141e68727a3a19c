package io.ringkernel.metal.software.resource;

import static java.lang.invoke.MethodType.methodType;

import io.ringkernel.metal.msl.texture.Region;
import io.ringkernel.metal.msl.texture.Swizzle;
import io.ringkernel.metal.software.foundation.Structs;
import io.ringkernel.metal.software.runtime.Conversions;
import io.ringkernel.metal.software.runtime.NSObject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Metal's structs about textures as parameters and results: {@link Region}, {@link TextureOrigin}, {@link Swizzle}. */
public final class TextureStructs {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** {@code MTLOrigin}; the members are unsigned. */
    public record TextureOrigin(long x, long y, long z) {}

    private TextureStructs() {}

    /** Teaches the conversions these types. */
    public static void register(Conversions conversions) {
        conversions.argument(Region.class, find("region", methodType(Region.class, MemorySegment.class)));
        conversions.argument(TextureOrigin.class, find("origin", methodType(TextureOrigin.class, MemorySegment.class)));
        conversions.argument(Swizzle.class, find("swizzle", methodType(Swizzle.class, MemorySegment.class)));
        conversions.result(
                Swizzle.class, find("swizzle", methodType(MemorySegment.class, Swizzle.class, NSObject.class)));
    }

    private static Region region(MemorySegment struct) {
        return new Region(
                member(struct, 0),
                member(struct, 1),
                member(struct, 2),
                member(struct, 3),
                member(struct, 4),
                member(struct, 5));
    }

    private static TextureOrigin origin(MemorySegment struct) {
        return new TextureOrigin(member(struct, 0), member(struct, 1), member(struct, 2));
    }

    private static long member(MemorySegment struct, int index) {
        return struct.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    private static Swizzle swizzle(MemorySegment struct) {
        return new Swizzle(channel(struct, 0), channel(struct, 1), channel(struct, 2), channel(struct, 3));
    }

    private static int channel(MemorySegment struct, int index) {
        return Byte.toUnsignedInt(struct.get(ValueLayout.JAVA_BYTE, index));
    }

    private static MemorySegment swizzle(Swizzle swizzle, NSObject receiver) {
        return Structs.fourBytes(swizzle.red(), swizzle.green(), swizzle.blue(), swizzle.alpha());
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(TextureStructs.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
