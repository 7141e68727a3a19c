package io.ringkernel.metal.msl.syntax;

/** A place in the source text as the user wrote it; line and column count from 1, a tab is one column. */
public record SourcePosition(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
