package io.ringkernel.metal.msl;

/** Compiles MSL. Stateless; any thread may call it. */
public final class MslCompiler {

    private MslCompiler() {}

    /**
     * Compiles one source text, whose diagnostics call it {@code program_source}.
     *
     * @throws MslCompilationException when the source is not valid MSL, or uses what is not supported here
     */
    public static MslLibrary compile(String source, MslOptions options) {
        throw new UnsupportedOperationException("the front end is not connected");
    }
}
