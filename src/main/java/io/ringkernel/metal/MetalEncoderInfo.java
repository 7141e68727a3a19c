package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCommandBufferEncoderInfo_debugSignposts;
import io.ringkernel.metal.bindings.MTLCommandBufferEncoderInfo_errorState;
import io.ringkernel.metal.bindings.MTLCommandBufferEncoderInfo_label;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSArray;
import io.ringkernel.metal.objc.NSError;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How far one encoder of a command buffer that failed came ({@code MTLCommandBufferEncoderInfo}).
 *
 * @param label the encoder's, or empty
 * @param debugSignposts what was marked in it, in order
 * @param state how far it came
 */
public record MetalEncoderInfo(String label, List<String> debugSignposts, State state) {
    private static final Message LABEL = Message.of(MTLCommandBufferEncoderInfo_label.class);
    private static final Message SIGNPOSTS = Message.of(MTLCommandBufferEncoderInfo_debugSignposts.class);
    private static final Message ERROR_STATE = Message.of(MTLCommandBufferEncoderInfo_errorState.class);

    /** The value of the constant that has this name. */
    private static final String KEY = "MTLCommandBufferEncoderInfoErrorKey";

    /** How far an encoder came ({@code MTLCommandEncoderErrorState}). */
    public enum State {
        /** The device does not say. */
        UNKNOWN(Mtl.MTLCommandEncoderErrorStateUnknown()),
        /** Its commands ran to their end, without an error. */
        COMPLETED(Mtl.MTLCommandEncoderErrorStateCompleted()),
        /** Its commands did not all run to their end; whose fault that is, nobody knows. */
        AFFECTED(Mtl.MTLCommandEncoderErrorStateAffected()),
        /** Its commands never began. */
        PENDING(Mtl.MTLCommandEncoderErrorStatePending()),
        /** Its commands caused the error. */
        FAULTED(Mtl.MTLCommandEncoderErrorStateFaulted());

        private final long code;

        State(long code) {
            this.code = code;
        }

        private static State of(long code) {
            for (var state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            return UNKNOWN;
        }
    }

    /** Copies the list. */
    public MetalEncoderInfo {
        debugSignposts = List.copyOf(debugSignposts);
    }

    /** What an error says about encoders, in the order of encoding; nothing unless that was asked for. Needs a pool. */
    static List<MetalEncoderInfo> of(ObjectiveC objc, MemorySegment error) {
        return NSArray.map(objc, NSError.detail(objc, error, KEY), info -> read(objc, info));
    }

    private static MetalEncoderInfo read(ObjectiveC objc, MemorySegment info) {
        var label = objc.bind(LABEL);
        var signposts = objc.bind(SIGNPOSTS);
        var state = objc.bind(ERROR_STATE);
        var text = MTLCommandBufferEncoderInfo_label.invoke(label.function(), info, label.selector());
        return new MetalEncoderInfo(
                ObjectiveC.isNil(text) ? "" : NSString.toJava(objc, text),
                NSArray.toStrings(
                        objc,
                        MTLCommandBufferEncoderInfo_debugSignposts.invoke(
                                signposts.function(), info, signposts.selector())),
                State.of(MTLCommandBufferEncoderInfo_errorState.invoke(state.function(), info, state.selector())));
    }
}
