package io.ringkernel.metal.software.library;

import io.ringkernel.metal.msl.MslCompiler;
import io.ringkernel.metal.msl.MslLibrary;
import io.ringkernel.metal.msl.MslOptions;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was compiled before in this JVM, by source and options. It keeps the most recent as long as memory allows, and
 * never closes one: a library goes when nothing refers to it.
 */
final class LibraryCache {
    private static final int CAPACITY = 64;

    private record Key(String source, MslOptions options) {}

    private static final Map<Key, SoftReference<MslLibrary>> LIBRARIES = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SoftReference<MslLibrary>> eldest) {
            return size() > CAPACITY;
        }
    };

    private LibraryCache() {}

    /** The library of a source; throws what the compiler throws. Two threads may compile the same source at once. */
    static MslLibrary compile(String source, MslOptions options) {
        var key = new Key(source, options);
        var known = find(key);
        if (known != null) {
            return known;
        }
        var compiled = MslCompiler.compile(source, options);
        synchronized (LIBRARIES) {
            LIBRARIES.put(key, new SoftReference<>(compiled));
        }
        return compiled;
    }

    private static MslLibrary find(Key key) {
        synchronized (LIBRARIES) {
            var reference = LIBRARIES.get(key);
            return reference == null ? null : reference.get();
        }
    }
}
