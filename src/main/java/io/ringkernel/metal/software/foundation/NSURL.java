package io.ringkernel.metal.software.foundation;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import java.nio.file.Path;

/** The URL of a file; no other kind can be made. */
public final class NSURL extends NSObject {
    private final Path file;

    public NSURL(ObjectRuntime runtime, Path file) {
        super(runtime);
        this.file = file.toAbsolutePath();
    }

    public Path file() {
        return file;
    }

    @Selector("fileURLWithPath:")
    static NSURL fileUrl(ObjectClass receiver, NSString path) {
        return receiver.runtime().autorelease(new NSURL(receiver.runtime(), Path.of(path.text())));
    }

    @Selector("fileURLWithPath:isDirectory:")
    static NSURL fileUrl(ObjectClass receiver, NSString path, boolean isDirectory) {
        return fileUrl(receiver, path);
    }

    @Selector("path")
    String path() {
        return file.toString();
    }

    @Selector("absoluteString")
    String absoluteString() {
        return file.toUri().toString();
    }

    @Selector("isFileURL")
    boolean isFileUrl() {
        return true;
    }

    @Override
    protected String description() {
        return absoluteString();
    }
}
