package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.run.check.Instrumentation;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.Map;

/**
 * How to compile.
 *
 * @param version the language version; a library is refused what came later
 * @param macros preprocessor macros by name, with their replacement
 * @param mathMode accepted in all three values; results are always computed as {@code SAFE} says
 * @param checks whether every memory access is checked against its buffer; a stray access without checks ends the JVM
 * @param fast whether the optimised code shapes are used; the plain ones give the same results
 * @param instrumentation what code looks for while it runs; if anything, it has the plain shapes and checks accesses
 */
public record MslOptions(
        LanguageVersion version,
        Map<String, String> macros,
        MathMode mathMode,
        boolean checks,
        boolean fast,
        Instrumentation instrumentation) {

    /** {@code MTLMathMode}. */
    public enum MathMode {
        SAFE,
        RELAXED,
        FAST
    }

    public MslOptions {
        macros = Map.copyOf(macros);
    }

    /**
     * The given version without macros; checks and code shape as the system properties
     * {@code ringkernel.metal.software.checks} and {@code ringkernel.metal.software.fast} say, both true by default.
     */
    public static MslOptions of(LanguageVersion version) {
        return new MslOptions(
                version,
                Map.of(),
                MathMode.FAST,
                enabled("ringkernel.metal.software.checks"),
                enabled("ringkernel.metal.software.fast"),
                Instrumentation.NONE);
    }

    /** The same with other macros. */
    public MslOptions withMacros(Map<String, String> other) {
        return new MslOptions(version, other, mathMode, checks, fast, instrumentation);
    }

    /** The same with another math mode. */
    public MslOptions withMathMode(MathMode other) {
        return new MslOptions(version, macros, other, checks, fast, instrumentation);
    }

    /** The same with memory checks on or off. */
    public MslOptions withChecks(boolean other) {
        return new MslOptions(version, macros, mathMode, other, fast, instrumentation);
    }

    /** The same with the optimised code shapes on or off. */
    public MslOptions withFast(boolean other) {
        return new MslOptions(version, macros, mathMode, checks, other, instrumentation);
    }

    /** The same with instrumentation. */
    public MslOptions withInstrumentation(Instrumentation other) {
        return new MslOptions(version, macros, mathMode, checks, fast, other);
    }

    private static boolean enabled(String property) {
        return !"false".equals(System.getProperty(property));
    }
}
