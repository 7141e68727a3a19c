package io.ringkernel.metal.software.command;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.foundation.NSDictionary;
import io.ringkernel.metal.software.foundation.NSError;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.NSObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One command buffer being run: its steps in order, and the fault that ended it. */
final class CommandRun {
    private final MTLCommandBuffer buffer;
    private final List<Step> steps;
    private CommandFault fault;
    private int done;

    CommandRun(MTLCommandBuffer buffer, List<Step> steps, CommandFault misuse) {
        this.buffer = buffer;
        this.steps = List.copyOf(steps);
        this.fault = misuse;
    }

    void run() {
        buffer.gpu()
                .faults()
                .takeCommandBufferFault()
                .ifPresent(wanted -> fault = new CommandFault(wanted.domain(), wanted.code(), wanted.text(), null));
        checkRemoved();
        if (fault != null) {
            return;
        }
        try {
            buffer.holdReferences();
            while (done < steps.size()) {
                steps.get(done).run();
                done++;
            }
        } catch (RuntimeException | Error e) {
            fault = CommandFault.of(e);
        }
    }

    /** Whatever the work came to, it fails when its device is gone. */
    void checkRemoved() {
        if (buffer.gpu().faults().isRemoved()) {
            fault = CommandFault.deviceRemoved();
        }
    }

    /** A new error that says what went wrong, if anything did. */
    Optional<NSError> error(boolean withEncoders) {
        if (fault == null) {
            return Optional.empty();
        }
        var runtime = buffer.runtime();
        if (!withEncoders) {
            return Optional.of(NSError.of(runtime, fault.domain(), fault.code(), fault.getMessage()));
        }
        var infos = encoderInfos();
        var array = new NSArray(runtime, infos);
        var keys = List.of(
                new NSString(runtime, "NSLocalizedDescription"),
                new NSString(runtime, "MTLCommandBufferEncoderInfoErrorKey"));
        var text = new NSString(runtime, fault.getMessage());
        var details = new NSDictionary(runtime, keys, List.of(text, array));
        var error = new NSError(runtime, fault.domain(), fault.code(), details);
        var created = new ArrayList<NSObject>(infos);
        created.addAll(keys);
        created.addAll(List.of(array, text, details));
        created.forEach(NSObject::releaseForClient);
        return Optional.of(error);
    }

    private List<MTLCommandBufferEncoderInfo> encoderInfos() {
        var infos = new ArrayList<MTLCommandBufferEncoderInfo>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Pass pass) {
                infos.add(new MTLCommandBufferEncoderInfo(buffer.runtime(), pass, stateOf(i)));
            }
        }
        return infos;
    }

    private long stateOf(int step) {
        if (step < done) {
            return Mtl.MTLCommandEncoderErrorStateCompleted();
        }
        return step == done ? Mtl.MTLCommandEncoderErrorStateFaulted() : Mtl.MTLCommandEncoderErrorStatePending();
    }
}
