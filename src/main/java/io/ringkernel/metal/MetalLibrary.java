package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCompileOptions_setEnableLogging;
import io.ringkernel.metal.bindings.MTLCompileOptions_setFastMathEnabled;
import io.ringkernel.metal.bindings.MTLCompileOptions_setLanguageVersion;
import io.ringkernel.metal.bindings.MTLCompileOptions_setMathFloatingPointFunctions;
import io.ringkernel.metal.bindings.MTLCompileOptions_setMathMode;
import io.ringkernel.metal.bindings.MTLCompileOptions_setPreprocessorMacros;
import io.ringkernel.metal.bindings.MTLDevice_newLibraryWithData_error;
import io.ringkernel.metal.bindings.MTLDevice_newLibraryWithSource_options_completionHandler;
import io.ringkernel.metal.bindings.MTLDevice_newLibraryWithSource_options_error;
import io.ringkernel.metal.bindings.MTLDevice_newLibraryWithURL_error;
import io.ringkernel.metal.bindings.MTLLibrary_functionNames;
import io.ringkernel.metal.bindings.MTLLibrary_label;
import io.ringkernel.metal.bindings.MTLLibrary_newFunctionWithName;
import io.ringkernel.metal.bindings.MTLLibrary_newFunctionWithName_constantValues_error;
import io.ringkernel.metal.bindings.MTLLibrary_setLabel;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.ErrorSlot;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSArray;
import io.ringkernel.metal.objc.NSData;
import io.ringkernel.metal.objc.NSDictionary;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.NSURL;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Compiled MSL ({@code MTLLibrary}): functions by name. Functions outlive the library that they came from. */
public final class MetalLibrary extends MetalObject {
    private static final Message FROM_SOURCE = Message.of(MTLDevice_newLibraryWithSource_options_error.class);
    private static final Message START = Message.of(MTLDevice_newLibraryWithSource_options_completionHandler.class);
    private static final Message SET_LOGGING = Message.of(MTLCompileOptions_setEnableLogging.class);
    private static final Message FROM_URL = Message.of(MTLDevice_newLibraryWithURL_error.class);
    private static final Message FROM_DATA = Message.of(MTLDevice_newLibraryWithData_error.class);
    private static final Message SET_LANGUAGE_VERSION = Message.of(MTLCompileOptions_setLanguageVersion.class);
    private static final Message SET_MATH_MODE = Message.of(MTLCompileOptions_setMathMode.class);
    private static final Message SET_MATH_FUNCTIONS = Message.of(MTLCompileOptions_setMathFloatingPointFunctions.class);
    private static final Message SET_FAST_MATH = Message.of(MTLCompileOptions_setFastMathEnabled.class);
    private static final Message SET_MACROS = Message.of(MTLCompileOptions_setPreprocessorMacros.class);
    private static final Message FUNCTION_NAMES = Message.of(MTLLibrary_functionNames.class);
    private static final Message NEW_FUNCTION = Message.of(MTLLibrary_newFunctionWithName.class);
    private static final Message NEW_SPECIALIZED =
            Message.of(MTLLibrary_newFunctionWithName_constantValues_error.class);
    private static final Message LABEL = Message.of(MTLLibrary_label.class);
    private static final Message SET_LABEL = Message.of(MTLLibrary_setLabel.class);

    private final List<String> functionNames;

    private MetalLibrary(Retained retained) {
        super(retained);
        try (var receiver = receiver()) {
            functionNames = NSArray.toStrings(objc(), receiver.lent(FUNCTION_NAMES, MTLLibrary_functionNames::invoke));
        }
    }

    static MetalLibrary compile(MetalDevice device, String source, MetalCompileOptions options) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(options, "options");
        var objc = device.objc();
        var send = objc.bind(FROM_SOURCE);
        try (var receiver = device.receiver();
                var slot = new ErrorSlot(objc);
                var text = NSString.of(objc, source);
                var compileOptions = NSObject.make(objc, "MTLCompileOptions")) {
            describe(compileOptions, options);
            var library = MTLDevice_newLibraryWithSource_options_error.invoke(
                    send.function(), receiver.id(), send.selector(), text.id(), compileOptions.id(), slot.address());
            if (ObjectiveC.isNil(library)) {
                throw new CompilationFailedException("compiling MSL", errorOf(slot), source);
            }
            return new MetalLibrary(Retained.of(objc, FROM_SOURCE, library));
        }
    }

    /** As {@link #compile}, by Metal's own threads. */
    static CompletableFuture<MetalLibrary> start(MetalDevice device, String source, MetalCompileOptions options) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(options, "options");
        var objc = device.objc();
        var send = objc.bind(START);
        var result = new AsyncResult<MetalLibrary>();
        try (var receiver = device.receiver();
                var text = NSString.of(objc, source);
                var compileOptions = NSObject.make(objc, "MTLCompileOptions");
                var block = objc.blocks().ofResult(objects -> {
                    var library = AsyncResult.keep(objc, objects[0]);
                    var error = AsyncResult.error(objc, objects[1]);
                    result.complete(
                            objc,
                            () -> library.map(MetalLibrary::new)
                                    .orElseThrow(() -> new CompilationFailedException("compiling MSL", error, source)));
                })) {
            describe(compileOptions, options);
            MTLDevice_newLibraryWithSource_options_completionHandler.invoke(
                    send.function(), receiver.id(), send.selector(), text.id(), compileOptions.id(), block.literal());
        }
        return result.future();
    }

    static MetalLibrary load(MetalDevice device, Path metallib) {
        var objc = device.objc();
        try (var receiver = device.receiver();
                var slot = new ErrorSlot(objc)) {
            var send = objc.bind(FROM_URL);
            var library = MTLDevice_newLibraryWithURL_error.invoke(
                    send.function(), receiver.id(), send.selector(), NSURL.of(objc, metallib), slot.address());
            return loaded(objc, FROM_URL, library, slot, "loading " + metallib);
        }
    }

    static MetalLibrary load(MetalDevice device, byte[] metallib) {
        var objc = device.objc();
        try (var receiver = device.receiver();
                var slot = new ErrorSlot(objc);
                var data = NSData.of(objc, metallib)) {
            var send = objc.bind(FROM_DATA);
            var library = MTLDevice_newLibraryWithData_error.invoke(
                    send.function(), receiver.id(), send.selector(), data.id(), slot.address());
            return loaded(objc, FROM_DATA, library, slot, "loading a library of " + metallib.length + " bytes");
        }
    }

    private static MetalLibrary loaded(
            ObjectiveC objc, Message message, MemorySegment library, ErrorSlot slot, String action) {
        if (ObjectiveC.isNil(library)) {
            throw new DriverException(action, errorOf(slot));
        }
        return new MetalLibrary(Retained.of(objc, message, library));
    }

    /** What a failed message left in its slot. */
    static MetalError errorOf(ErrorSlot slot) {
        return slot.error().map(MetalError::of).orElseGet(() -> new MetalError("", 0, "the driver gave no reason"));
    }

    /** Sets the options in an {@code MTLCompileOptions}. */
    static void describe(Retained object, MetalCompileOptions options) {
        var objc = object.objectiveC();
        var version = objc.bind(SET_LANGUAGE_VERSION);
        MTLCompileOptions_setLanguageVersion.invoke(
                version.function(),
                object.id(),
                version.selector(),
                options.languageVersion().code());
        if (objc.respondsTo(object.id(), SET_MATH_MODE)) {
            var mode = objc.bind(SET_MATH_MODE);
            MTLCompileOptions_setMathMode.invoke(
                    mode.function(),
                    object.id(),
                    mode.selector(),
                    options.mathMode().code());
            // The old property set both; the mode alone leaves the fast functions in place.
            var functions = objc.bind(SET_MATH_FUNCTIONS);
            MTLCompileOptions_setMathFloatingPointFunctions.invoke(
                    functions.function(),
                    object.id(),
                    functions.selector(),
                    options.mathMode().functions());
        } else {
            var fast = objc.bind(SET_FAST_MATH);
            MTLCompileOptions_setFastMathEnabled.invoke(
                    fast.function(), object.id(), fast.selector(), options.mathMode() != MetalMathMode.SAFE);
        }
        if (options.logging() && objc.respondsTo(object.id(), SET_LOGGING)) {
            var logging = objc.bind(SET_LOGGING);
            MTLCompileOptions_setEnableLogging.invoke(logging.function(), object.id(), logging.selector(), true);
        }
        if (!options.macros().isEmpty()) {
            var macros = objc.bind(SET_MACROS);
            MTLCompileOptions_setPreprocessorMacros.invoke(
                    macros.function(), object.id(), macros.selector(), NSDictionary.ofStrings(objc, options.macros()));
        }
    }

    /** The names of all functions, in the driver's order. */
    public List<String> functionNames() {
        return functionNames;
    }

    /**
     * A function without values for its function constants. It can always be asked for those; a pipeline can be made of
     * it if none of them must be given.
     *
     * @throws NoSuchElementException if the library has no function of this name; the message lists those it has
     * @throws CompilationFailedException if the driver does not give the function
     */
    public MetalFunction function(String name) {
        requireFunction(name);
        var plain = plainFunction(name);
        List<MetalFunction.Constant> constants;
        try (var _ = AutoreleasePool.push(objc())) {
            constants = MetalFunction.readConstants(plain);
        }
        if (constants.isEmpty()) {
            return new MetalFunction(plain, name, constants, null);
        }
        // Metal makes no pipeline of a function that was taken without values, not even where all are optional.
        try {
            var specialized = specialize(name, MetalFunctionConstants.none());
            close(plain);
            return new MetalFunction(specialized, name, constants, null);
        } catch (CompilationFailedException e) {
            return new MetalFunction(plain, name, constants, e.error());
        }
    }

    private Retained plainFunction(String name) {
        var send = objc().bind(NEW_FUNCTION);
        try (var receiver = receiver();
                var text = NSString.of(objc(), name)) {
            var function =
                    MTLLibrary_newFunctionWithName.invoke(send.function(), receiver.id(), send.selector(), text.id());
            if (ObjectiveC.isNil(function)) {
                var error = new MetalError("MTLLibraryErrorDomain", 0, "the driver did not give the function");
                throw new CompilationFailedException("looking up the function " + name, error);
            }
            return Retained.of(objc(), NEW_FUNCTION, function);
        }
    }

    private void close(Retained function) {
        try (var _ = AutoreleasePool.push(objc())) {
            function.close();
        }
    }

    /**
     * A function for these values of its function constants.
     *
     * @throws NoSuchElementException if the library has no function of this name; the message lists those it has
     * @throws IllegalArgumentException if a value was given by a name that no function constant of the library has
     * @throws CompilationFailedException if a value is missing or has the wrong type
     */
    public MetalFunction function(String name, MetalFunctionConstants constants) {
        requireFunction(name);
        constants.requireNames(this);
        return new MetalFunction(specialize(name, constants), name, List.of(), null);
    }

    private Retained specialize(String name, MetalFunctionConstants constants) {
        var objc = objc();
        var send = objc.bind(NEW_SPECIALIZED);
        try (var receiver = receiver();
                var slot = new ErrorSlot(objc);
                var text = NSString.of(objc, name);
                var values = NSObject.make(objc, "MTLFunctionConstantValues")) {
            constants.setAll(values);
            var function = MTLLibrary_newFunctionWithName_constantValues_error.invoke(
                    send.function(), receiver.id(), send.selector(), text.id(), values.id(), slot.address());
            if (ObjectiveC.isNil(function)) {
                throw new CompilationFailedException("specializing the function " + name, errorOf(slot));
            }
            return Retained.of(objc, NEW_SPECIALIZED, function);
        }
    }

    /**
     * The function constants of the library that its functions read, by name; asked of every function, since Metal
     * tells them for a function only.
     */
    Set<String> constantNames() {
        var names = new TreeSet<String>();
        for (var name : functionNames) {
            try (var function = function(name)) {
                function.constants().forEach(constant -> names.add(constant.name()));
            } catch (CompilationFailedException e) {
                return Set.of(); // a driver that gives no function without its values does not tell their names
            }
        }
        return names;
    }

    private void requireFunction(String name) {
        Objects.requireNonNull(name, "name");
        if (!functionNames.contains(name)) {
            throw new NoSuchElementException("no function '" + name + "' in the library; it has " + functionNames);
        }
    }

    /** The name in tools and messages; empty at first. */
    public String label() {
        return sendForString(LABEL, MTLLibrary_label::invoke);
    }

    /** Names the library in tools and messages. */
    public void setLabel(String label) {
        sendString(SET_LABEL, MTLLibrary_setLabel::invoke, label);
    }

    @Override
    public String toString() {
        return "MetalLibrary" + functionNames;
    }
}
