package io.ringkernel.metal.software.foundation;

import io.ringkernel.metal.software.runtime.MisuseException;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.ArrayDeque;

/**
 * A serial queue of work for a CPU thread ({@code dispatch_queue_t}). Its thread exists while there is work, and runs
 * each piece inside an autorelease pool.
 */
public final class DispatchQueue extends NSObject {
    private final String label;
    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private boolean running;

    public DispatchQueue(ObjectRuntime runtime, String label) {
        super(runtime);
        this.label = label;
    }

    /** Runs work after all that was added before; the queue stays alive until then. */
    public void async(Runnable piece) {
        retain();
        boolean start;
        synchronized (work) {
            work.add(piece);
            start = !running;
            running = true;
        }
        if (start) {
            Thread.ofPlatform()
                    .daemon()
                    .name("software dispatch queue " + label)
                    .start(this::drain);
        }
    }

    private void drain() {
        for (var piece = next(); piece != null; piece = next()) {
            long pool = runtime().pools().push();
            try {
                piece.run();
            } catch (MisuseException e) {
                runtime().violations().record(e.kind(), "on a dispatch queue: " + e.getMessage());
            } catch (RuntimeException e) {
                runtime().violations().record(ViolationKind.INTERNAL, "on a dispatch queue: " + e);
            } finally {
                runtime().pools().pop(pool);
                release();
            }
        }
    }

    private Runnable next() {
        synchronized (work) {
            var piece = work.poll();
            running = piece != null;
            return piece;
        }
    }
}
