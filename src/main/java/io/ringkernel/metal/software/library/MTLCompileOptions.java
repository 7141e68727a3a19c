package io.ringkernel.metal.software.library;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.foundation.NSDictionary;
import io.ringkernel.metal.software.foundation.NSNumber;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.MisuseException;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.HashMap;
import java.util.Map;

/** How a source is compiled. What has no meaning without a GPU is kept and returned, and nothing more. */
public final class MTLCompileOptions extends NSObject {
    /** What Metal takes when nobody says otherwise: the newest that it knows. */
    private static final long NEWEST = Mtl.MTLLanguageVersion4_0();

    private long languageVersion = NEWEST;
    private final Strong<NSDictionary> macros = new Strong<>();
    private long mathMode = Mtl.MTLMathModeFast();
    private long mathFunctions;
    private boolean preserveInvariance;
    private long libraryType;
    private String installName;
    private final Strong<NSArray> libraries = new Strong<>();
    private long optimizationLevel;
    private long symbolVisibility;
    private boolean undefinedSymbols;
    private long maxTotalThreads;
    private boolean logging;

    public MTLCompileOptions(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("languageVersion")
    long languageVersion() {
        return languageVersion;
    }

    @Selector("setLanguageVersion:")
    void setLanguageVersion(long value) {
        languageVersion = value;
    }

    @Selector("preprocessorMacros")
    NSDictionary preprocessorMacros() {
        return macros.get();
    }

    @Selector("setPreprocessorMacros:")
    void setPreprocessorMacros(@Nullable NSDictionary value) {
        macros.set(value);
    }

    @Selector("mathMode")
    long mathMode() {
        return mathMode;
    }

    @Selector("setMathMode:")
    void setMathMode(long value) {
        mathMode = value;
    }

    @Selector("mathFloatingPointFunctions")
    long mathFloatingPointFunctions() {
        return mathFunctions;
    }

    @Selector("setMathFloatingPointFunctions:")
    void setMathFloatingPointFunctions(long value) {
        mathFunctions = value;
    }

    @Selector("preserveInvariance")
    boolean preserveInvariance() {
        return preserveInvariance;
    }

    @Selector("setPreserveInvariance:")
    void setPreserveInvariance(boolean value) {
        preserveInvariance = value;
    }

    @Selector("libraryType")
    long libraryType() {
        return libraryType;
    }

    @Selector("setLibraryType:")
    void setLibraryType(long value) {
        libraryType = value;
    }

    @Selector("installName")
    String installName() {
        return installName;
    }

    @Selector("setInstallName:")
    void setInstallName(@Nullable NSString value) {
        installName = value == null ? null : value.text();
    }

    @Selector("libraries")
    NSArray libraries() {
        return libraries.get();
    }

    @Selector("setLibraries:")
    void setLibraries(@Nullable NSArray value) {
        libraries.set(value);
    }

    @Selector("optimizationLevel")
    long optimizationLevel() {
        return optimizationLevel;
    }

    @Selector("setOptimizationLevel:")
    void setOptimizationLevel(long value) {
        optimizationLevel = value;
    }

    @Selector("compileSymbolVisibility")
    long compileSymbolVisibility() {
        return symbolVisibility;
    }

    @Selector("setCompileSymbolVisibility:")
    void setCompileSymbolVisibility(long value) {
        symbolVisibility = value;
    }

    @Selector("allowReferencingUndefinedSymbols")
    boolean allowReferencingUndefinedSymbols() {
        return undefinedSymbols;
    }

    @Selector("setAllowReferencingUndefinedSymbols:")
    void setAllowReferencingUndefinedSymbols(boolean value) {
        undefinedSymbols = value;
    }

    @Selector("maxTotalThreadsPerThreadgroup")
    long maxTotalThreadsPerThreadgroup() {
        return maxTotalThreads;
    }

    @Selector("setMaxTotalThreadsPerThreadgroup:")
    void setMaxTotalThreadsPerThreadgroup(long value) {
        maxTotalThreads = value;
    }

    @Selector("enableLogging")
    boolean enableLogging() {
        return logging;
    }

    @Selector("setEnableLogging:")
    void setEnableLogging(boolean value) {
        logging = value;
    }

    @Selector("fastMathEnabled")
    boolean fastMathEnabled() {
        return mathMode == Mtl.MTLMathModeFast();
    }

    @Selector("setFastMathEnabled:")
    void setFastMathEnabled(boolean enabled) {
        mathMode = enabled ? Mtl.MTLMathModeFast() : Mtl.MTLMathModeSafe();
        mathFunctions = enabled ? Mtl.MTLMathFloatingPointFunctionsFast() : Mtl.MTLMathFloatingPointFunctionsPrecise();
    }

    /** The same for the compiler. */
    MslOptions toMsl() {
        var mode = mathMode == Mtl.MTLMathModeSafe()
                ? MslOptions.MathMode.SAFE
                : mathMode == Mtl.MTLMathModeRelaxed() ? MslOptions.MathMode.RELAXED : MslOptions.MathMode.FAST;
        return MslOptions.of(version()).withMacros(macroTexts()).withMathMode(mode);
    }

    private LanguageVersion version() {
        for (var version : LanguageVersion.values()) {
            if (((long) version.major() << 16 | version.minor()) == languageVersion) {
                return version;
            }
        }
        throw new MisuseException(
                ViolationKind.BAD_ARGUMENT, "not a language version: 0x" + Long.toHexString(languageVersion));
    }

    private Map<String, String> macroTexts() {
        var texts = new HashMap<String, String>();
        var given = macros.get();
        for (int i = 0; given != null && i < given.keys().size(); i++) {
            texts.put(textOf(given.keys().get(i)), textOf(given.values().get(i)));
        }
        return texts;
    }

    private static String textOf(NSObject value) {
        return switch (value) {
            case NSString string -> string.text();
            case NSNumber number -> number.stringValue();
            default ->
                throw new MisuseException(
                        ViolationKind.WRONG_CLASS, "a preprocessor macro is neither NSString nor NSNumber: " + value);
        };
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLCompileOptions(runtime());
        copy.languageVersion = languageVersion;
        copy.macros.set(macros.get());
        copy.mathMode = mathMode;
        copy.mathFunctions = mathFunctions;
        copy.preserveInvariance = preserveInvariance;
        copy.libraryType = libraryType;
        copy.installName = installName;
        copy.libraries.set(libraries.get());
        copy.optimizationLevel = optimizationLevel;
        copy.symbolVisibility = symbolVisibility;
        copy.undefinedSymbols = undefinedSymbols;
        copy.maxTotalThreads = maxTotalThreads;
        copy.logging = logging;
        return copy;
    }

    @Override
    protected void dealloc() {
        macros.clear();
        libraries.clear();
    }
}
