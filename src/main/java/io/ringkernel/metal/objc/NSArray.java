package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.NSArray_arrayWithObjects_count;
import io.ringkernel.metal.bindings.NSArray_count;
import io.ringkernel.metal.bindings.NSArray_objectAtIndex;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists of objects in both directions. */
public final class NSArray {
    private static final Message ARRAY_WITH_OBJECTS = Message.of(NSArray_arrayWithObjects_count.class);
    private static final Message COUNT = Message.of(NSArray_count.class);
    private static final Message OBJECT_AT_INDEX = Message.of(NSArray_objectAtIndex.class);

    private NSArray() {}

    /** An {@code NSArray} that retains these objects; it is lent, and dies with the autorelease pool. */
    public static MemorySegment of(ObjectiveC objc, List<MemorySegment> objects) {
        try (var arena = Arena.ofConfined()) {
            var pointers = pointers(arena, objects);
            var send = objc.bind(ARRAY_WITH_OBJECTS);
            return NSArray_arrayWithObjects_count.invoke(
                    send.function(), objc.classNamed("NSArray"), send.selector(), pointers, objects.size());
        }
    }

    /**
     * What the function makes of each object, in order; an empty list if the array is nil. The objects are lent for the
     * duration of the call.
     */
    public static <T> List<T> map(ObjectiveC objc, MemorySegment array, Function<MemorySegment, T> function) {
        if (ObjectiveC.isNil(array)) {
            return List.of();
        }
        var count = objc.bind(COUNT);
        long size = NSArray_count.invoke(count.function(), array, count.selector());
        var send = objc.bind(OBJECT_AT_INDEX);
        var results = new ArrayList<T>(Math.toIntExact(size));
        for (long i = 0; i < size; i++) {
            results.add(function.apply(NSArray_objectAtIndex.invoke(send.function(), array, send.selector(), i)));
        }
        return results;
    }

    /** The texts of an array of {@code NSString}; an empty list if the array is nil. Needs an autorelease pool. */
    public static List<String> toStrings(ObjectiveC objc, MemorySegment array) {
        return map(objc, array, string -> NSString.toJava(objc, string));
    }

    /** A C array of object pointers; one element longer than needed, since an empty one needs an address as well. */
    static MemorySegment pointers(Arena arena, List<MemorySegment> objects) {
        var pointers = arena.allocate(ValueLayout.ADDRESS, objects.size() + 1L);
        for (int i = 0; i < objects.size(); i++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, i, objects.get(i));
        }
        return pointers;
    }
}
