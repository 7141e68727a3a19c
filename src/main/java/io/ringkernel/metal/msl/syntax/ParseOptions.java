package io.ringkernel.metal.msl.syntax;

import java.util.Map;

/** What, besides its text, decides how a source is read: the language version and the macros defined from outside. */
public record ParseOptions(LanguageVersion version, Map<String, String> macros) {
    public ParseOptions {
        macros = Map.copyOf(macros);
    }

    public static ParseOptions of(LanguageVersion version) {
        return new ParseOptions(version, Map.of());
    }
}
