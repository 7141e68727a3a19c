package io.ringkernel.metal.software.command;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.run.LogSink;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernels of one command buffer log, until it completes. What does not fit any more is dropped, as on a GPU
 * (MSL specification, section 6.19). Without a log state, or without a handler, messages go to the program's own log.
 */
final class CommandLog implements LogSink {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLog.class);

    /** What a message takes beside its text. */
    private static final int OVERHEAD = 32;

    private record Message(String subsystem, String category, long level, String text) {}

    private final MTLLogState state;
    // Guarded by this.
    private final List<Message> messages = new ArrayList<>();
    private long room;

    /** {@code state} may be null. */
    CommandLog(MTLLogState state) {
        this.state = state;
        this.room = state == null ? Long.MAX_VALUE : state.bufferSize();
    }

    @Override
    public void log(int type, String subsystem, String category, String message) {
        long level = Mtl.MTLLogLevelDebug() + type;
        if (state != null && level < state.level()) {
            return;
        }
        synchronized (this) {
            long taken = OVERHEAD + message.length();
            if (taken <= room) {
                room -= taken;
                messages.add(new Message(subsystem, category, level, message));
            } else {
                room = 0;
            }
        }
    }

    /** Hands all messages over, in order; called once, when no kernel runs any more. */
    synchronized void deliver(ObjectRuntime runtime) {
        for (var message : messages) {
            if (state == null || state.handlers().isEmpty()) {
                print(message);
            } else {
                handOver(runtime, message);
            }
        }
        messages.clear();
    }

    private static void print(Message message) {
        if (message.level() >= Mtl.MTLLogLevelError()) {
            LOG.error("{}", message.text());
        } else {
            LOG.info("{}", message.text());
        }
    }

    private void handOver(ObjectRuntime runtime, Message message) {
        var texts = new ArrayList<NSString>();
        var subsystem = string(runtime, message.subsystem(), texts);
        var category = string(runtime, message.category(), texts);
        var text = string(runtime, message.text(), texts);
        state.handlers().forEach(handler -> handler.log(subsystem, category, message.level(), text));
        texts.forEach(NSObject::releaseForClient);
    }

    private static NSString string(ObjectRuntime runtime, String text, List<NSString> made) {
        if (text == null) {
            return null;
        }
        var string = new NSString(runtime, text);
        made.add(string);
        return string;
    }
}
