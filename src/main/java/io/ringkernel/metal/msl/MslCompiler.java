package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.semantics.Checker;
import io.ringkernel.metal.msl.lower.UnsupportedCode;
import io.ringkernel.metal.msl.syntax.CompilationAbortedException;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.parse.MslParser;

/** Compiles MSL. Stateless; any thread may call it. */
public final class MslCompiler {
    /** What diagnostics and stack traces call the source. */
    public static final String SOURCE_NAME = "program_source";

    private MslCompiler() {}

    /**
     * Compiles one source text, whose diagnostics call it {@code program_source}. Bytecode is made later, per kernel.
     *
     * @throws MslCompilationException when the source is not valid MSL, or uses what is not supported here
     */
    public static MslLibrary compile(String source, MslOptions options) {
        var diagnostics = new Diagnostics();
        var start = new SourcePosition(SOURCE_NAME, 1, 1);
        return CompilerDoor.pass("the source", () -> diagnostics.reached().orElse(start), () -> {
            try {
                return new CompiledLibrary(check(source, options, diagnostics), options);
            } catch (CompilationAbortedException _) {
                throw new MslCompilationException(diagnostics.messages());
            }
        });
    }

    private static Program check(String source, MslOptions options, Diagnostics diagnostics) {
        var parseOptions = new ParseOptions(options.version(), options.macros());
        var unit = MslParser.parse(SOURCE_NAME, source, parseOptions, diagnostics);
        requireNoErrors(diagnostics);
        var program = Checker.check(unit, options.version(), diagnostics);
        requireNoErrors(diagnostics);
        UnsupportedCode.report(program, diagnostics);
        requireNoErrors(diagnostics);
        return program;
    }

    private static void requireNoErrors(Diagnostics diagnostics) {
        if (diagnostics.hasErrors()) {
            throw new MslCompilationException(diagnostics.messages());
        }
    }
}
