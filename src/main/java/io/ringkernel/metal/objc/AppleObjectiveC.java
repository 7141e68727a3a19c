package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.objc_getClass;
import io.ringkernel.metal.bindings.sel_registerName;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Optional;

/**
 * Apple's Objective-C runtime and frameworks. Exists on macOS only; owns nothing that could be closed, since loaded
 * frameworks stay for the life of the process.
 */
public final class AppleObjectiveC extends ObjectiveC {
    /**
     * In loading order. The files are in the dyld cache and not on disk, so each is named by the string that dlopen
     * knows, never by a {@link java.nio.file.Path}. A program without CoreGraphics gets no default device.
     */
    private static final List<String> LIBRARIES = List.of(
            "/usr/lib/libobjc.A.dylib",
            "/usr/lib/libSystem.B.dylib",
            "/System/Library/Frameworks/Foundation.framework/Foundation",
            "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics",
            "/System/Library/Frameworks/Metal.framework/Metal");

    /** The largest struct that x86-64 returns in registers (System V ABI, class MEMORY beyond two eightbytes). */
    private static final long LARGEST_STRUCT_IN_REGISTERS = 16;

    private static final CFunction GET_CLASS = CFunction.of(objc_getClass.class);
    private static final CFunction REGISTER_NAME = CFunction.of(sel_registerName.class);

    private final SymbolLookup libraries;
    private final String architecture;
    private final MemorySegment messageSend;
    private final MemorySegment messageSendStret;

    private AppleObjectiveC(SymbolLookup libraries, String architecture) {
        this.libraries = libraries;
        this.architecture = architecture;
        this.messageSend = symbol("objc_msgSend");
        // arm64 has no such symbol, and never needs it.
        this.messageSendStret = lookUpSymbol("objc_msgSend_stret");
    }

    /**
     * Loads the frameworks and gives the provider for them; the same instance every time.
     *
     * @throws ObjectiveCUnavailableException if this is not macOS, a framework cannot be loaded, or native access is
     *     denied
     */
    public static AppleObjectiveC load() {
        var system = System.getProperty("os.name");
        if (!system.startsWith("Mac")) {
            throw new ObjectiveCUnavailableException(
                    "Metal exists on macOS only; this is " + system + " on " + System.getProperty("os.arch"));
        }
        return Loaded.get();
    }

    /**
     * Whether a message with this result is sent with {@code objc_msgSend_stret}: on x86-64, when the result is a
     * struct that does not fit two registers. arm64 returns every struct through {@code objc_msgSend}.
     *
     * @param architecture the JVM's name for it ({@code os.arch})
     */
    static boolean returnsThroughStret(String architecture, Optional<MemoryLayout> result) {
        boolean x86 = architecture.equals("x86_64") || architecture.equals("amd64");
        return x86
                && result.isPresent()
                && result.get() instanceof GroupLayout struct
                && struct.byteSize() > LARGEST_STRUCT_IN_REGISTERS;
    }

    @Override
    protected MemorySegment lookUpClass(String name) {
        try (var arena = Arena.ofConfined()) {
            return objc_getClass.invoke(address(GET_CLASS), arena.allocateFrom(name));
        }
    }

    @Override
    protected MemorySegment registerSelector(String name) {
        try (var arena = Arena.ofConfined()) {
            return sel_registerName.invoke(address(REGISTER_NAME), arena.allocateFrom(name));
        }
    }

    @Override
    protected MemorySegment functionFor(Message message) {
        return functionFor(message.descriptor());
    }

    @Override
    protected MemorySegment functionFor(MemorySegment receiver, String selector, FunctionDescriptor type) {
        return functionFor(type);
    }

    private MemorySegment functionFor(FunctionDescriptor type) {
        return returnsThroughStret(architecture, type.returnLayout()) ? messageSendStret : messageSend;
    }

    @Override
    protected MemorySegment lookUpSymbol(String name) {
        return libraries.find(name).orElse(MemorySegment.NULL);
    }

    @Override
    public Arena arena() {
        return Arena.global();
    }

    /** The one attempt to load; a failure is kept, since dlopen would only repeat it. */
    private static final class Loaded {
        private static final AppleObjectiveC INSTANCE;
        private static final ObjectiveCUnavailableException FAILURE;

        static {
            AppleObjectiveC instance = null;
            ObjectiveCUnavailableException failure = null;
            try {
                instance = new AppleObjectiveC(openLibraries(), System.getProperty("os.arch"));
            } catch (ObjectiveCUnavailableException e) {
                failure = e;
            } catch (UnsupportedOperationException e) {
                failure = new ObjectiveCUnavailableException("incomplete Objective-C runtime: " + e.getMessage(), e);
            }
            INSTANCE = instance;
            FAILURE = failure;
        }

        private static AppleObjectiveC get() {
            if (FAILURE != null) {
                throw FAILURE.again();
            }
            return INSTANCE;
        }

        private static SymbolLookup openLibraries() {
            var all = open(LIBRARIES.getFirst());
            for (var path : LIBRARIES.subList(1, LIBRARIES.size())) {
                all = all.or(open(path));
            }
            return all;
        }

        // SAFETY: system frameworks, loaded for the life of the process.
        @SuppressWarnings("restricted")
        private static SymbolLookup open(String path) {
            try {
                return SymbolLookup.libraryLookup(path, Arena.global());
            } catch (IllegalArgumentException e) {
                throw new ObjectiveCUnavailableException("cannot load " + path, e);
            } catch (IllegalCallerException e) {
                throw ObjectiveCUnavailableException.nativeAccessDenied(e);
            }
        }
    }
}
