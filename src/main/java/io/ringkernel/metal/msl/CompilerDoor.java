package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.lower.UnsupportedCodeException;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import io.ringkernel.metal.msl.syntax.Diagnostic.Severity;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;
import java.util.function.Supplier;

/**
 * The way into the compiler. A stage runs on a thread with a stack of its own, so that what compiles does not depend on
 * the caller's; whatever goes wrong in it leaves as an error with a place in the source.
 */
final class CompilerDoor {
    /** Reserved, not used: deep recursion over a tree of the deepest source takes less. */
    private static final long STACK_BYTES = 1L << 30;

    private CompilerDoor() {}

    /** A thread that runs a stage, and keeps what came of it. */
    private static final class Stage<T> extends Thread {
        private final Supplier<T> work;
        private T result;
        private Throwable thrown;

        Stage(Supplier<T> work) {
            super(null, null, "msl-compiler", STACK_BYTES, false);
            this.work = work;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                result = work.get();
            } catch (Throwable e) {
                thrown = e;
            }
        }
    }

    /**
     * The result of a stage.
     *
     * @param what is compiled: put in front of an internal failure's text
     * @param reached how far the compiler came, asked for after a failure
     * @throws MslCompilationException for every failure
     */
    static <T> T pass(String what, Supplier<SourcePosition> reached, Supplier<T> work) {
        if (Thread.currentThread() instanceof Stage) {
            return work.get();
        }
        var stage = new Stage<>(work);
        try {
            stage.start();
        } catch (OutOfMemoryError e) {
            throw failure(what, reached.get(), e);
        }
        await(stage);
        if (stage.thrown != null) {
            throw failure(what, reached.get(), stage.thrown);
        }
        return stage.result;
    }

    /** Stages are bounded; an interrupt is kept for later. */
    private static void await(Thread stage) {
        var interrupted = false;
        while (true) {
            try {
                stage.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static MslCompilationException failure(String what, SourcePosition reached, Throwable thrown) {
        return switch (thrown) {
            case MslCompilationException refused -> refused;
            case UnsupportedCodeException unsupported ->
                error(unsupported.position(), unsupported.getMessage(), unsupported);
            case StackOverflowError _ ->
                error(reached, what + " is too large for the software device: it is nested too deeply", thrown);
            case OutOfMemoryError _ ->
                error(reached, what + " is too large for the software device: " + thrown.getMessage(), thrown);
            default -> error(reached, "internal compiler error: " + what + ": " + thrown, thrown);
        };
    }

    private static MslCompilationException error(SourcePosition position, String message, Throwable cause) {
        var failure = new MslCompilationException(List.of(new Diagnostic(Severity.ERROR, position, message)));
        failure.initCause(cause);
        return failure;
    }
}
