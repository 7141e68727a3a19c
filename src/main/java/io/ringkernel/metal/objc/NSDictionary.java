package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.NSDictionary_allKeys;
import io.ringkernel.metal.bindings.NSDictionary_dictionaryWithObjects_forKeys_count;
import io.ringkernel.metal.bindings.NSDictionary_objectForKey;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Maps from text in both directions. */
public final class NSDictionary {
    private static final Message DICTIONARY_WITH_OBJECTS =
            Message.of(NSDictionary_dictionaryWithObjects_forKeys_count.class);
    private static final Message ALL_KEYS = Message.of(NSDictionary_allKeys.class);
    private static final Message OBJECT_FOR_KEY = Message.of(NSDictionary_objectForKey.class);

    private NSDictionary() {}

    /** An {@code NSDictionary} from text to text; it is lent, and dies with the autorelease pool. */
    public static MemorySegment ofStrings(ObjectiveC objc, Map<String, String> entries) {
        var made = new ArrayList<Retained>(2 * entries.size());
        try {
            var keys = strings(objc, entries.keySet().stream().toList(), made);
            var values = strings(objc, entries.values().stream().toList(), made);
            return of(objc, keys, values);
        } finally {
            made.forEach(Retained::close);
        }
    }

    /** What the function makes of each value, by the text of its key; an empty map if the dictionary is nil. */
    public static <T> Map<String, T> map(
            ObjectiveC objc, MemorySegment dictionary, Function<MemorySegment, T> function) {
        var results = new LinkedHashMap<String, T>();
        if (ObjectiveC.isNil(dictionary)) {
            return results;
        }
        var send = objc.bind(ALL_KEYS);
        var keys = NSDictionary_allKeys.invoke(send.function(), dictionary, send.selector());
        var get = objc.bind(OBJECT_FOR_KEY);
        NSArray.map(
                objc,
                keys,
                key -> results.put(
                        NSString.toJava(objc, key),
                        function.apply(
                                NSDictionary_objectForKey.invoke(get.function(), dictionary, get.selector(), key))));
        return results;
    }

    /** The value of a text; nil if there is none, or the dictionary is nil. It is lent. */
    public static MemorySegment get(ObjectiveC objc, MemorySegment dictionary, String key) {
        if (ObjectiveC.isNil(dictionary)) {
            return MemorySegment.NULL;
        }
        var send = objc.bind(OBJECT_FOR_KEY);
        try (var text = NSString.of(objc, key)) {
            return NSDictionary_objectForKey.invoke(send.function(), dictionary, send.selector(), text.id());
        }
    }

    private static MemorySegment of(ObjectiveC objc, List<MemorySegment> keys, List<MemorySegment> values) {
        try (var arena = Arena.ofConfined()) {
            var send = objc.bind(DICTIONARY_WITH_OBJECTS);
            return NSDictionary_dictionaryWithObjects_forKeys_count.invoke(
                    send.function(),
                    objc.classNamed("NSDictionary"),
                    send.selector(),
                    NSArray.pointers(arena, values),
                    NSArray.pointers(arena, keys),
                    keys.size());
        }
    }

    private static List<MemorySegment> strings(ObjectiveC objc, List<String> texts, List<Retained> made) {
        int first = made.size();
        texts.forEach(text -> made.add(NSString.of(objc, text)));
        return made.subList(first, made.size()).stream().map(Retained::id).toList();
    }
}
