package io.ringkernel.metal.interop;

import io.ringkernel.metal.MetalObject;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import io.ringkernel.metal.objc.WrapperAccess;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The objects among a message's arguments, alive until the message has returned. */
final class HeldArguments implements AutoCloseable {
    private final ObjectiveC objc;
    private final List<Runnable> ends = new ArrayList<>();

    HeldArguments(ObjectiveC objc) {
        this.objc = objc;
    }

    /**
     * The address of an argument.
     *
     * @throws ClassCastException if the argument is nothing that has an address
     */
    MemorySegment pointer(Object argument) {
        return switch (argument) {
            case null -> MemorySegment.NULL;
            case MemorySegment segment -> segment;
            case String text -> string(text);
            case ObjectiveCObject object -> held(object.retained());
            case MetalObject wrapper -> held(WrapperAccess.get().retained(wrapper));
            default -> throw new ClassCastException("not a segment, object, wrapper or string: " + argument.getClass());
        };
    }

    private MemorySegment string(String text) {
        var string = NSString.of(objc, text);
        ends.add(string::close);
        return string.id();
    }

    private MemorySegment held(Retained retained) {
        if (retained.objectiveC() != objc) {
            throw new IllegalArgumentException("an argument of another Objective-C runtime: " + retained);
        }
        var id = retained.acquire();
        ends.add(retained::release);
        return id;
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }
}
