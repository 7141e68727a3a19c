package io.ringkernel.metal.software.command;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.foundation.NSDictionary;
import io.ringkernel.metal.software.foundation.NSError;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.gpu.Faults;
import io.ringkernel.metal.software.gpu.Recovery;
import io.ringkernel.metal.software.runtime.NSObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One command buffer being run: its steps in order, the fault that ended it, and how far its encoders came. */
final class CommandRun {
    private static final long COMPLETED = Mtl.MTLCommandEncoderErrorStateCompleted();
    private static final long PENDING = Mtl.MTLCommandEncoderErrorStatePending();

    private final MTLCommandBuffer buffer;
    private final List<Step> steps;
    private final List<Long> encoderStates = new ArrayList<>();
    private CommandFault fault;

    CommandRun(MTLCommandBuffer buffer, List<Step> steps, CommandFault misuse) {
        this.buffer = buffer;
        this.steps = List.copyOf(steps);
        this.fault = misuse;
    }

    void run() {
        var wanted = buffer.gpu().faults().takeCommandBufferFault();
        checkRemoved();
        if (fault != null) {
            return;
        }
        try (var work = buffer.gpu().recovery().begin()) {
            buffer.holdReferences();
            if (wanted.isPresent()) {
                failAsWanted(wanted.get(), work);
            } else {
                runSteps(work);
            }
        } catch (RuntimeException | Error e) {
            fault = CommandFault.of(e);
        }
    }

    /** Runs the steps until one fails; the encoders behind it never begin. */
    private void runSteps(Recovery.Work work) {
        for (var step : steps) {
            if (work.isDiscarded()) {
                fault = CommandFault.victim();
                return;
            }
            try {
                step.run(work);
                note(step, COMPLETED);
            } catch (RuntimeException | Error e) {
                fault = work.isDiscarded() ? CommandFault.victim() : CommandFault.of(e);
                note(step, stateAfter(e, work));
                return;
            }
        }
    }

    /** The state of an encoder that threw something: it was stopped from outside, or it is the one to blame. */
    private static long stateAfter(Throwable thrown, Recovery.Work work) {
        if (thrown instanceof KernelFault kernel) {
            if (kernel.kind() == KernelFault.Kind.CANCELLED) {
                return Mtl.MTLCommandEncoderErrorStateAffected();
            }
            work.faulted();
        }
        return Mtl.MTLCommandEncoderErrorStateFaulted();
    }

    private void failAsWanted(Faults.CommandBufferFault wanted, Recovery.Work work) {
        var states = wanted.encoderStates();
        if (states.isEmpty()) {
            states = List.of(Mtl.MTLCommandEncoderErrorStateFaulted());
        } else {
            runEncoders(states, work);
        }
        if (states.contains(Mtl.MTLCommandEncoderErrorStateFaulted())) {
            work.faulted();
        }
        encoderStates.clear();
        encoderStates.addAll(states);
        fault = new CommandFault(wanted.domain(), wanted.code(), wanted.text(), null);
    }

    private void runEncoders(List<Long> states, Recovery.Work work) {
        for (var step : steps) {
            if (step instanceof Step.Pass) {
                if (encoderStates.size() < states.size() && states.get(encoderStates.size()) != PENDING) {
                    runWhateverItDoes(step, work);
                }
                encoderStates.add(PENDING);
            }
        }
    }

    private static void runWhateverItDoes(Step step, Recovery.Work work) {
        try {
            step.run(work);
        } catch (KernelFault e) {
            // Another fault has been ordered already.
        }
    }

    private void note(Step step, long state) {
        if (step instanceof Step.Pass) {
            encoderStates.add(state);
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

    /** One for each encoder, in the order of encoding. */
    private List<MTLCommandBufferEncoderInfo> encoderInfos() {
        var infos = new ArrayList<MTLCommandBufferEncoderInfo>();
        for (var step : steps) {
            if (step instanceof Step.Pass pass) {
                long state = infos.size() < encoderStates.size() ? encoderStates.get(infos.size()) : PENDING;
                infos.add(new MTLCommandBufferEncoderInfo(buffer.runtime(), pass, state));
            }
        }
        return infos;
    }
}
