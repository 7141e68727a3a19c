package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.CommandFailedException;
import io.ringkernel.metal.MetalEncoderInfo;
import java.util.Collections;
import java.util.List;

/** What becomes of one of the jobs of a command buffer that failed. */
enum Verdict {
    /** Its commands had run to their end: what they wrote counts. */
    DELIVER,
    /** Its commands never began: it is submitted again. */
    RETRY,
    /** Others ended its commands: what they wrote is taken back, and it is submitted again. */
    ROLL_BACK,
    /** Nobody knows whether it is to blame: taken back, it is submitted alone until it has come through. */
    ISOLATE,
    /** It is to blame, or another attempt is of no use. */
    FAIL;

    /**
     * Judges by what the driver says.
     *
     * <p>An encoder that the driver calls faulted is to blame. If it calls none so, any of those that did not complete
     * may be: on Apple's GPUs a fault affects all that run at the time. Each of them is submitted alone then, and
     * whoever fails alone is to blame.
     *
     * @param jobs how many there were, each with one encoder, in order
     */
    static List<Verdict> of(Throwable failure, int jobs) {
        if (!(failure instanceof CommandFailedException failed) || failed.isDeviceRemoved()) {
            return Collections.nCopies(jobs, FAIL);
        }
        var encoders = failed.encoders();
        if (encoders.size() != jobs) {
            return Collections.nCopies(jobs, whenUnclear(failed, jobs == 1));
        }
        boolean isKnown = encoders.stream().anyMatch(encoder -> encoder.state() == MetalEncoderInfo.State.FAULTED);
        var unclear = whenUnclear(failed, jobs == 1 && !isKnown);
        return encoders.stream()
                .map(encoder -> switch (encoder.state()) {
                    case COMPLETED -> DELIVER;
                    case PENDING -> RETRY;
                    case AFFECTED, UNKNOWN -> unclear;
                    case FAULTED -> FAIL;
                })
                .toList();
    }

    private static Verdict whenUnclear(CommandFailedException failure, boolean isAlone) {
        if (failure.isVictim() || failure.isAccessRevoked()) {
            return ROLL_BACK;
        }
        return isAlone ? FAIL : ISOLATE;
    }
}
