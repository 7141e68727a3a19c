package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.LibraryEnumerator;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.parse.MslParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What namespace metal declares: the library's enumerations, and type traits, limits and arrays, which are MSL source
 * themselves. The source is parsed once per language version.
 */
final class Prelude {
    private static final String FILE = "metal_prelude";
    private static final Map<LanguageVersion, Declaration.TranslationUnit> PARSED = new ConcurrentHashMap<>();

    private final Analysis analysis;
    private final Map<String, EnumSymbol> enumerations = new HashMap<>();

    Prelude(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The enumeration that a built-in takes, known by the name of its opaque type. */
    QualType enumeration(String name) {
        var symbol = enumerations.get(name);
        return QualType.of(symbol == null ? new CppType.Opaque(name) : symbol);
    }

    void declare() {
        var metal = analysis.metal.scope();
        for (var enumerator : LibraryEnumerator.all(analysis.version.macroValue())) {
            declare(enumerator, metal);
        }
        for (var name : new String[] {"fast", "precise"}) {
            metal.declare(name, Declarations.namespace(name, metal, name + "::"));
        }
        analysis.global.scope().declare("simd", analysis.metal);
        var unit = PARSED.computeIfAbsent(analysis.version, Prelude::parse);
        analysis.declarations.declareAll(unit.declarations(), analysis.global.scope());
    }

    private void declare(LibraryEnumerator enumerator, Scope metal) {
        var scoped = enumerator.name().contains("::");
        var symbol = enumerations.computeIfAbsent(enumerator.type(), name -> {
            var made = new EnumSymbol(name, scoped, ScalarType.INT, metal.block());
            metal.declare(name, made);
            return made;
        });
        var name = enumerator.name().substring(enumerator.name().lastIndexOf(':') + 1);
        var value = new Symbol.Enumerator(name, symbol, enumerator.value());
        symbol.scope().declare(name, value);
        if (!scoped) {
            metal.declare(name, value);
        }
    }

    private static Declaration.TranslationUnit parse(LanguageVersion version) {
        try (var stream = Prelude.class.getResourceAsStream("prelude.metal")) {
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            var diagnostics = new Diagnostics();
            var unit = MslParser.parse(FILE, text, ParseOptions.of(version), diagnostics);
            if (diagnostics.hasErrors()) {
                throw new IllegalStateException("prelude: " + diagnostics.messages());
            }
            return unit;
        } catch (IOException e) {
            throw new UncheckedIOException("prelude is unreadable", e);
        }
    }
}
