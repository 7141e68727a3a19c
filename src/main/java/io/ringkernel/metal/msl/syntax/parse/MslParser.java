package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Declaration.TranslationUnit;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.preprocess.Preprocessor;

/** Reads MSL. Stateless; any thread may call it. */
public final class MslParser {
    private MslParser() {}

    /**
     * The tree of a source; where the diagnostics have errors, what could not be parsed is missing from it.
     *
     * @param file the name that positions carry
     * @throws io.ringkernel.metal.msl.syntax.CompilationAbortedException after too many errors or a fatal one
     */
    public static TranslationUnit parse(String file, String text, ParseOptions options, Diagnostics diagnostics) {
        var source = Preprocessor.preprocess(file, text, options, diagnostics);
        var parser = new Parser(
                new Tokens(source.tokens(), source.beforeLibrary(), diagnostics), options.version(), diagnostics);
        return parser.translationUnit();
    }
}
