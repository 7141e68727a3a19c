package io.ringkernel.metal;

import java.util.List;

/** Source did not compile, or a function could not be made into a pipeline. */
public final class CompilationFailedException extends MetalException {
    private static final long serialVersionUID = 1L;

    private final transient MetalError error;

    /** The failure to compile {@code source}, of which the message shows the lines that the text names. */
    CompilationFailedException(String action, MetalError error, String source) {
        super(action + " failed: " + SourceExcerpt.annotate(error.toString(), source), null);
        this.error = error;
    }

    CompilationFailedException(String action, MetalError error) {
        super(action + " failed: " + error, null);
        this.error = error;
    }

    /** Domain, code and complete text of the driver's error; null after deserialisation. */
    public MetalError error() {
        return error;
    }

    /** What the text says about single places in the source, in its order; empty when it names none. */
    public List<MetalDiagnostic> diagnostics() {
        return error == null ? List.of() : MetalDiagnostic.parse(error.description());
    }
}
