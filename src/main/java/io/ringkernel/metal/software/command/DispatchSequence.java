package io.ringkernel.metal.software.command;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.run.check.CheckSession;
import io.ringkernel.metal.software.gpu.Gpu;
import io.ringkernel.metal.software.gpu.Watchdog;
import io.ringkernel.metal.software.resource.MTLBuffer;
import io.ringkernel.metal.software.resource.MTLResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The dispatches of an encoder, in stretches between barriers. In a concurrent one those of a stretch run last to
 * first, so that a barrier that was forgotten shows.
 */
final class DispatchSequence {

    /** A dispatch, or what is done between dispatches. */
    @FunctionalInterface
    interface Command {
        void run(Watchdog.Watch watch, Optional<CheckSession> session);
    }

    /** {@code barrier} tells a session what the barrier before the commands orders. */
    private record Stretch(Consumer<CheckSession> barrier, List<Command> commands) {
        Stretch(Consumer<CheckSession> barrier) {
            this(barrier, new ArrayList<>());
        }
    }

    private final boolean isConcurrent;
    private final List<Stretch> stretches = new ArrayList<>();

    DispatchSequence(long dispatchType) {
        isConcurrent = dispatchType == Mtl.MTLDispatchTypeConcurrent();
        stretches.add(new Stretch(_ -> {}));
    }

    void add(Command command) {
        stretches.getLast().commands().add(command);
    }

    /** A barrier for the kinds of resources in {@code MTLBarrierScope}. */
    void barrier(long scope) {
        var ofBuffers = (scope & Mtl.MTLBarrierScopeBuffers()) != 0;
        stretches.add(new Stretch(ofBuffers ? CheckSession::orderAll : CheckSession::boundary));
    }

    /** A barrier for single resources; what is in textures is not looked at. */
    void barrier(List<MTLResource> resources) {
        var ranges = resources.stream()
                .filter(MTLBuffer.class::isInstance)
                .map(resource -> ((MTLBuffer) resource).gpuBytes())
                .toList();
        stretches.add(new Stretch(session -> {
            session.boundary();
            ranges.forEach(range -> session.order(range.address(), range.byteSize()));
        }));
    }

    /** Runs all of it; the device's findings are those of instrumented kernels. */
    void run(Gpu gpu, Watchdog.Watch watch) {
        var session = gpu.newCheckSession();
        for (var stretch : stretches) {
            session.ifPresent(stretch.barrier());
            for (var command : isConcurrent ? stretch.commands().reversed() : stretch.commands()) {
                if (!isConcurrent) {
                    session.ifPresent(CheckSession::orderAll);
                }
                command.run(watch, session);
            }
        }
    }
}
