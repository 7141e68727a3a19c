package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/** An error that ends the check of one statement or declaration, or removes one overload candidate. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private record Note(SourcePosition position, String message) {}

    private final transient SourcePosition position;
    private final transient List<Note> notes = new ArrayList<>();
    private final boolean silent;

    private Refusal(SourcePosition position, String message, boolean silent) {
        super(message, null, false, false);
        this.position = position;
        this.silent = silent;
    }

    static Refusal at(SourcePosition position, String message) {
        return new Refusal(position, message, false);
    }

    /** A construct that the language has and this compiler does not. */
    static Refusal unsupported(SourcePosition position, String construct) {
        return at(position, construct + " is not supported by the software device yet");
    }

    /** The use of something whose own error was reported where it was declared. */
    static Refusal silent(SourcePosition position) {
        return new Refusal(position, "invalid declaration", true);
    }

    Refusal note(SourcePosition where, String message) {
        notes.add(new Note(where, message));
        return this;
    }

    SourcePosition position() {
        return position;
    }

    void reportTo(Diagnostics diagnostics) {
        if (silent && diagnostics.hasErrors() || diagnostics.isKnown(position, getMessage())) {
            return;
        }
        diagnostics.error(position, getMessage());
        notes.forEach(note -> diagnostics.note(note.position(), note.message()));
    }
}
