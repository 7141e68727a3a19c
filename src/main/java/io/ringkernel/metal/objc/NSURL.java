package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.NSURL_fileURLWithPath;
import io.ringkernel.metal.bindings.NSURL_path;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** File URLs in both directions. */
public final class NSURL {
    private static final Message FILE_URL_WITH_PATH = Message.of(NSURL_fileURLWithPath.class);
    private static final Message PATH = Message.of(NSURL_path.class);

    private NSURL() {}

    /**
     * The URL of a file; a relative path is taken from the JVM's working directory. It is lent, and dies with the
     * autorelease pool.
     */
    public static MemorySegment of(ObjectiveC objc, Path file) {
        try (var path = NSString.of(objc, file.toAbsolutePath().toString())) {
            var send = objc.bind(FILE_URL_WITH_PATH);
            return NSURL_fileURLWithPath.invoke(send.function(), objc.classNamed("NSURL"), send.selector(), path.id());
        }
    }

    /** The path of a file URL. Needs an autorelease pool. */
    public static Path toPath(ObjectiveC objc, MemorySegment url) {
        var send = objc.bind(PATH);
        return Path.of(NSString.toJava(objc, NSURL_path.invoke(send.function(), url, send.selector())));
    }
}
