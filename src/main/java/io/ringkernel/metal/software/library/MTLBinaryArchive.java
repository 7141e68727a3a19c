package io.ringkernel.metal.software.library;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.foundation.ErrorReference;
import io.ringkernel.metal.software.foundation.NSURL;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Remembers which functions were compiled. It holds no code: bytecode is made anew from the source. */
public final class MTLBinaryArchive extends LabeledObject {
    private static final String DOMAIN = "MTLBinaryArchiveDomain";
    private static final String FIRST_LINE = "ringkernel software binary archive 1";

    private final Set<String> functions = new ConcurrentSkipListSet<>();

    private MTLBinaryArchive(Origin origin) {
        super(origin);
    }

    /** An archive, read from the descriptor's URL if it has one; null with an error when that is no archive. */
    public static MTLBinaryArchive create(Origin origin, MTLBinaryArchiveDescriptor descriptor, ErrorReference error) {
        var archive = new MTLBinaryArchive(origin);
        if (descriptor.url() == null) {
            return archive;
        }
        var file = descriptor.url().file();
        try {
            var lines = Files.readAllLines(file);
            if (!lines.isEmpty() && lines.getFirst().equals(FIRST_LINE)) {
                archive.functions.addAll(lines.subList(1, lines.size()));
                return archive;
            }
            archive.fail(
                    error, Mtl.MTLBinaryArchiveErrorInvalidFile(), "not an archive of the software Metal: " + file);
        } catch (IOException e) {
            archive.fail(error, Mtl.MTLBinaryArchiveErrorInvalidFile(), "cannot be read: " + file + " (" + e + ")");
        }
        archive.releaseForClient();
        return null;
    }

    boolean contains(String key) {
        return functions.contains(key);
    }

    private void fail(ErrorReference error, long code, String text) {
        error.set(runtime(), DOMAIN, code, text);
    }

    @Selector("addComputePipelineFunctionsWithDescriptor:error:")
    boolean addPipeline(MTLComputePipelineDescriptor descriptor, ErrorReference error) {
        require(
                descriptor.computeFunction() != null,
                ViolationKind.NIL_ARGUMENT,
                "a pipeline descriptor without computeFunction");
        return add(descriptor.computeFunction(), error);
    }

    @Selector("addFunctionWithDescriptor:library:error:")
    boolean addFunction(MTLFunctionDescriptor descriptor, MTLLibrary library, ErrorReference error) {
        var function = library.newFunction(descriptor, error);
        if (function == null) {
            return false;
        }
        try {
            return add(function, error);
        } finally {
            function.releaseForClient();
        }
    }

    private boolean add(MTLFunction function, ErrorReference error) {
        try {
            function.kernel();
            functions.add(function.archiveKey());
            return true;
        } catch (LibraryError e) {
            fail(error, Mtl.MTLBinaryArchiveErrorCompilationFailure(), e.getMessage());
            return false;
        }
    }

    @Selector("serializeToURL:error:")
    boolean serialize(NSURL url, ErrorReference error) {
        var lines = new ArrayList<String>();
        lines.add(FIRST_LINE);
        lines.addAll(functions);
        try {
            Files.write(url.file(), lines);
            return true;
        } catch (IOException e) {
            fail(error, Mtl.MTLBinaryArchiveErrorInternalError(), "cannot be written: " + url.file() + " (" + e + ")");
            return false;
        }
    }
}
