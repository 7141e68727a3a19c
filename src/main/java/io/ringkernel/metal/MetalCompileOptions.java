package io.ringkernel.metal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How source is compiled ({@code MTLCompileOptions}). The language version is always said, because what Metal takes
 * when it is not depends on the system.
 *
 * @param languageVersion the version that the source is written in
 * @param mathMode how freely floating point is treated
 * @param logging whether what kernels log with {@code os_log} reaches a {@link MetalLogState}; before macOS 15 it never
 *     does
 * @param macros preprocessor macros, name to replacement; an unmodifiable copy in the given order
 */
public record MetalCompileOptions(
        MetalLanguageVersion languageVersion, MetalMathMode mathMode, boolean logging, Map<String, String> macros) {
    private static final MetalCompileOptions DEFAULTS =
            new MetalCompileOptions(MetalLanguageVersion.MSL_3_0, MetalMathMode.FAST, false, Map.of());

    /**
     * Copies the macros.
     *
     * @throws IllegalArgumentException if a macro's name is not an identifier
     */
    public MetalCompileOptions {
        Objects.requireNonNull(languageVersion, "languageVersion");
        Objects.requireNonNull(mathMode, "mathMode");
        for (var name : macros.keySet()) {
            if (!name.matches("[A-Za-z_][A-Za-z_0-9]*")) {
                throw new IllegalArgumentException("macro name is not an identifier: " + name);
            }
        }
        macros = Collections.unmodifiableMap(new LinkedHashMap<>(macros));
    }

    /** MSL 3.0, fast math as Metal does by default, no macros. */
    public static MetalCompileOptions defaults() {
        return DEFAULTS;
    }

    /** The same options for another language version. */
    public MetalCompileOptions withLanguageVersion(MetalLanguageVersion version) {
        return new MetalCompileOptions(version, mathMode, logging, macros);
    }

    /** The same options with another math mode. */
    public MetalCompileOptions withMathMode(MetalMathMode mode) {
        return new MetalCompileOptions(languageVersion, mode, logging, macros);
    }

    /**
     * The same options with one more macro, which replaces one of the same name.
     *
     * @throws IllegalArgumentException if the name is not an identifier
     */
    public MetalCompileOptions withMacro(String name, String replacement) {
        var more = new LinkedHashMap<>(macros);
        more.put(name, Objects.requireNonNull(replacement, "replacement"));
        return new MetalCompileOptions(languageVersion, mathMode, logging, more);
    }

    /** The same options, with {@code os_log} calls that reach a {@link MetalLogState}. */
    public MetalCompileOptions withLogging() {
        return new MetalCompileOptions(languageVersion, mathMode, true, macros);
    }
}
