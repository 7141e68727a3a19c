package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.syntax.CompilationAbortedException;
import io.ringkernel.metal.msl.syntax.Declaration.TranslationUnit;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.List;

/** Checks MSL: syntax tree in, typed tree out. Stateless; any thread may call it. */
public final class Checker {
    private Checker() {}

    /**
     * Checks a translation unit. What is wrong with it is in {@code diagnostics} afterwards; if that has errors, the
     * program is incomplete and must not be run.
     *
     * @throws CompilationAbortedException after too many errors
     */
    public static Program check(TranslationUnit unit, LanguageVersion version, Diagnostics diagnostics) {
        var analysis = new Analysis(version, diagnostics);
        analysis.prelude.declare();
        analysis.templateNames.forget();
        declare(unit, analysis);
        analysis.functions.finish();
        analysis.templateNames.check();
        return new Program(
                analysis.libraryFunctions.all(),
                List.copyOf(analysis.globals.constants()),
                List.copyOf(analysis.globals.functionConstants()),
                analysis.classes.structs(),
                warnings(diagnostics));
    }

    private static void declare(TranslationUnit unit, Analysis analysis) {
        var all = unit.declarations();
        var global = analysis.global.scope();
        analysis.declarations.declareAll(all.subList(0, unit.withoutLibrary()), global);
        if (unit.withoutLibrary() < all.size()) {
            analysis.prelude.show();
            analysis.declarations.declareAll(all.subList(unit.withoutLibrary(), all.size()), global);
        }
    }

    private static List<Diagnostic> warnings(Diagnostics diagnostics) {
        return diagnostics.messages().stream()
                .filter(message -> message.severity() == Diagnostic.Severity.WARNING)
                .toList();
    }
}
