package io.ringkernel.metal.software.command;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.foundation.Block;
import io.ringkernel.metal.software.foundation.ErrorReference;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who gets what the kernels of command buffers log, from which level on, and how much one command buffer may hold. */
public final class MTLLogState extends LabeledObject {
    private static final long LEAST_BYTES = 1024;
    private static final long DEFAULT_BYTES = 1 << 20;

    private final long level;
    private final long bufferSize;
    private final List<Block> handlers = new CopyOnWriteArrayList<>();

    private MTLLogState(Origin origin, long level, long bufferSize) {
        super(origin);
        this.level = level;
        this.bufferSize = bufferSize;
    }

    /** A log state as described; null with an error when its size is none. */
    public static MTLLogState create(Origin origin, MTLLogStateDescriptor descriptor, ErrorReference error) {
        long level = descriptor.level();
        require(
                level >= Mtl.MTLLogLevelUndefined() && level <= Mtl.MTLLogLevelFault(),
                ViolationKind.BAD_ARGUMENT,
                "not a log level: %d",
                level);
        long size = descriptor.bufferSize() == 0 ? DEFAULT_BYTES : descriptor.bufferSize();
        if (size < LEAST_BYTES) {
            error.set(
                    origin.runtime(),
                    "MTLLogStateErrorDomain",
                    Mtl.MTLLogStateErrorInvalidSize(),
                    "bufferSize less than " + LEAST_BYTES + ": " + size);
            return null;
        }
        return new MTLLogState(origin, level, size);
    }

    long level() {
        return level;
    }

    long bufferSize() {
        return bufferSize;
    }

    List<Block> handlers() {
        return handlers;
    }

    @Selector("addLogHandler:")
    void addLogHandler(Block handler) {
        require(handler != null, ViolationKind.NIL_ARGUMENT, "NULL for a log handler");
        handlers.add(handler);
    }
}
