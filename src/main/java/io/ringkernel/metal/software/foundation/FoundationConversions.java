package io.ringkernel.metal.software.foundation;

import static java.lang.invoke.MethodType.methodType;

import io.ringkernel.metal.software.runtime.Conversions;
import io.ringkernel.metal.software.runtime.NSObject;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Foundation's values as parameters and results of methods: {@link Size}, {@link Range}, {@link Block} and
 * {@link ErrorReference} as parameters; a String (null for nil) or a list of texts as an autoreleased result.
 */
public final class FoundationConversions {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private FoundationConversions() {}

    /** All of them. */
    public static Conversions create() {
        var conversions = new Conversions();
        conversions.argument(Size.class, find(Size.class, "read", methodType(Size.class, MemorySegment.class)));
        conversions.argument(Range.class, find(Range.class, "read", methodType(Range.class, MemorySegment.class)));
        conversions.argument(Block.class, find(Block.class, "read", methodType(Block.class, MemorySegment.class)));
        conversions.argument(
                ErrorReference.class,
                find(FoundationConversions.class, "error", methodType(ErrorReference.class, MemorySegment.class)));
        conversions.result(
                String.class,
                find(
                        FoundationConversions.class,
                        "string",
                        methodType(MemorySegment.class, String.class, NSObject.class)));
        conversions.result(
                List.class,
                find(
                        FoundationConversions.class,
                        "array",
                        methodType(MemorySegment.class, List.class, NSObject.class)));
        return conversions;
    }

    private static ErrorReference error(MemorySegment slot) {
        return new ErrorReference(slot);
    }

    private static MemorySegment string(String text, NSObject receiver) {
        if (text == null) {
            return MemorySegment.NULL;
        }
        var runtime = receiver.runtime();
        return MemorySegment.ofAddress(
                runtime.autorelease(new NSString(runtime, text)).address());
    }

    private static MemorySegment array(List<?> texts, NSObject receiver) {
        var runtime = receiver.runtime();
        var strings =
                texts.stream().map(text -> new NSString(runtime, (String) text)).toList();
        var array = runtime.autorelease(new NSArray(runtime, strings));
        strings.forEach(NSObject::releaseForClient);
        return MemorySegment.ofAddress(array.address());
    }

    private static MethodHandle find(Class<?> owner, String name, MethodType type) {
        try {
            return LOOKUP.findStatic(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
