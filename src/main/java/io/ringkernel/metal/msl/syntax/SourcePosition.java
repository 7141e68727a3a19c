package io.ringkernel.metal.msl.syntax;

import java.util.Optional;

/**
 * A place in the source as its author wrote it; lines and columns start at 1, a tab is one column.
 *
 * <p>A token that a macro produced has the place where the outermost macro was used, and in {@code expansion} which
 * macro it was and where that macro spells the token.
 */
public record SourcePosition(String file, int line, int column, Optional<Expansion> expansion) {
    /** Where a macro's definition (or its argument) spells a token. */
    public record Expansion(String macro, SourcePosition spelling) {}

    public SourcePosition(String file, int line, int column) {
        this(file, line, column, Optional.empty());
    }

    /** This place, reached through a macro that spells the token at {@code spelling}. */
    public SourcePosition expandedFrom(String macro, SourcePosition spelling) {
        return new SourcePosition(file, line, column, Optional.of(new Expansion(macro, spelling)));
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
