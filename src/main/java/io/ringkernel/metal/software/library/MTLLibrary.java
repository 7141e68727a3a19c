package io.ringkernel.metal.software.library;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslCompilationException;
import io.ringkernel.metal.msl.MslFunction;
import io.ringkernel.metal.msl.MslLibrary;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import io.ringkernel.metal.msl.syntax.FunctionType;
import io.ringkernel.metal.software.foundation.ErrorReference;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.runtime.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compiled MSL source. */
public final class MTLLibrary extends LabeledObject {
    private final MslLibrary library;
    private final String source;
    private final long maxTotalThreads;
    private final boolean logs;

    private MTLLibrary(Origin origin, MslLibrary library, String source, MTLCompileOptions options) {
        super(origin);
        this.library = library;
        this.source = source;
        this.maxTotalThreads = options.maxTotalThreadsPerThreadgroup();
        this.logs = options.enableLogging();
    }

    /**
     * Compiles a source; null with an error when the compiler refuses it. A warning sets the error too, as Metal does.
     */
    public static MTLLibrary compile(Origin origin, String source, MTLCompileOptions options, ErrorReference error) {
        try {
            var compiled = LibraryCache.compile(
                    source,
                    options.toMsl()
                            .withInstrumentation(origin.gpu().configuration().instrumentation()));
            if (!compiled.warnings().isEmpty()) {
                error.set(
                        origin.runtime(),
                        LibraryError.DOMAIN,
                        Mtl.MTLLibraryErrorCompileWarning(),
                        compiled.warnings().stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
            }
            return new MTLLibrary(origin, compiled, source, options);
        } catch (MslCompilationException e) {
            error.set(origin.runtime(), LibraryError.DOMAIN, Mtl.MTLLibraryErrorCompileFailure(), e.getMessage());
        } catch (UnsupportedOperationException e) {
            error.set(origin.runtime(), LibraryError.DOMAIN, Mtl.MTLLibraryErrorUnsupported(), e.getMessage());
        }
        return null;
    }

    /** Reads a library file; null with an error when it is none that can be read here. */
    public static MTLLibrary load(Origin origin, Path file, MTLCompileOptions options, ErrorReference error) {
        try {
            return load(origin, Files.readAllBytes(file), options, error);
        } catch (IOException e) {
            error.set(
                    origin.runtime(),
                    LibraryError.DOMAIN,
                    Mtl.MTLLibraryErrorFileNotFound(),
                    "library file cannot be read: " + file + " (" + e + ")");
            return null;
        }
    }

    /** Reads the content of a library file; null with an error when it is none that can be read here. */
    public static MTLLibrary load(Origin origin, byte[] content, MTLCompileOptions options, ErrorReference error) {
        try {
            return compile(origin, LibraryFile.sourceOf(content), options, error);
        } catch (LibraryError e) {
            error.set(origin.runtime(), LibraryError.DOMAIN, e.code(), e.getMessage());
            return null;
        }
    }

    /** Whether the library was compiled so that its kernels log. */
    boolean logs() {
        return logs;
    }

    MslLibrary compiled() {
        return library;
    }

    /** What a pipeline of this library may have at most, by its compile options; 0 when they do not say. */
    long maxTotalThreads() {
        return maxTotalThreads;
    }

    /** Identifies the source in a binary archive. */
    String sourceKey() {
        return Integer.toHexString(source.hashCode()) + "-" + source.length();
    }

    @Selector("type")
    long type() {
        return Mtl.MTLLibraryTypeExecutable();
    }

    @Selector("installName")
    String installName() {
        return null;
    }

    @Selector("functionNames")
    List<String> functionNames() {
        return library.functions().stream().map(MslFunction::name).toList();
    }

    @Selector("newFunctionWithName:")
    MTLFunction newFunction(NSString name) {
        return find(name.text())
                .map(found -> new MTLFunction(this, found, found.name(), null))
                .orElse(null);
    }

    @Selector("newFunctionWithName:constantValues:error:")
    MTLFunction newFunction(NSString name, MTLFunctionConstantValues values, ErrorReference error) {
        return newFunction(name.text(), name.text(), values, error);
    }

    @Selector("newFunctionWithDescriptor:error:")
    MTLFunction newFunction(MTLFunctionDescriptor descriptor, ErrorReference error) {
        var name = descriptor.name() == null ? "" : descriptor.name();
        var called = descriptor.specializedName() == null ? name : descriptor.specializedName();
        return newFunction(name, called, descriptor.constantValues(), error);
    }

    private Optional<MslFunction> find(String name) {
        return library.functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst();
    }

    private MTLFunction newFunction(
            String name, String calledName, MTLFunctionConstantValues values, ErrorReference error) {
        var found = find(name);
        if (found.isEmpty()) {
            error.set(
                    runtime(),
                    LibraryError.DOMAIN,
                    Mtl.MTLLibraryErrorFunctionNotFound(),
                    "no function of this name in the library: " + name);
            return null;
        }
        var function = new MTLFunction(this, found.get(), calledName, values);
        try {
            if (values != null && found.get().type() == FunctionType.KERNEL) {
                function.kernel();
            }
            return function;
        } catch (LibraryError e) {
            function.releaseForClient();
            error.set(runtime(), LibraryError.DOMAIN, e.code(), e.getMessage());
            return null;
        }
    }
}
