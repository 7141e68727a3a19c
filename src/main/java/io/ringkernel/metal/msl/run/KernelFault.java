package io.ringkernel.metal.msl.run;

import java.util.Optional;
import java.util.OptionalLong;

/** A thread of a kernel did what it must not; the message says everything that is known. */
public final class KernelFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        OUT_OF_BOUNDS,
        NULL_POINTER,
        DANGLING_POINTER,
        MISALIGNED,
        DIVERGENT_BARRIER,
        STACK_OVERFLOW,
        UNBOUND_ARGUMENT,
        INVALID_ARGUMENT,
        TIMEOUT,
        CANCELLED,
        INTERNAL
    }

    private final Kind kind;
    private final String kernel;
    private final int line;
    private final transient Optional<Extent> position;
    private final transient OptionalLong offset;

    /**
     * Describes one fault.
     *
     * @param detail what happened, without the place
     * @param line in the source, or 0 when unknown
     * @param position of the thread in the grid, when one thread is at fault
     * @param offset in bytes from the start of the memory that was accessed, when it was an access
     * @param cause the Java exception behind it, or null
     */
    public KernelFault(
            Kind kind,
            String kernel,
            String detail,
            int line,
            Optional<Extent> position,
            OptionalLong offset,
            Throwable cause) {
        super(message(kernel, detail, line, position), cause);
        this.kind = kind;
        this.kernel = kernel;
        this.line = line;
        this.position = position;
        this.offset = offset;
    }

    private static String message(String kernel, String detail, int line, Optional<Extent> position) {
        var text = new StringBuilder("kernel '").append(kernel).append('\'');
        if (line > 0) {
            text.append(", line ").append(line);
        }
        position.ifPresent(p -> text.append(", thread ").append(p));
        return text.append(": ").append(detail).toString();
    }

    public Kind kind() {
        return kind;
    }

    /** The kernel's name. */
    public String kernel() {
        return kernel;
    }

    /** The source line, from 1; 0 when unknown. */
    public int line() {
        return line;
    }

    /** The thread's position in the grid. */
    public Optional<Extent> position() {
        return position;
    }

    /** The byte offset of a bad access from the start of the memory it was made through. */
    public OptionalLong offset() {
        return offset;
    }
}
