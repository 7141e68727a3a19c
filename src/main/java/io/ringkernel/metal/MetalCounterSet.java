package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCounterSet_counters;
import io.ringkernel.metal.bindings.MTLCounterSet_name;
import io.ringkernel.metal.bindings.MTLCounter_name;
import io.ringkernel.metal.bindings.MTLDevice_counterSets;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSArray;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What a GPU counts together ({@code MTLCounterSet}).
 *
 * @param name such as {@link #TIMESTAMP}
 * @param counters their names, in the order in which a sample has their values
 */
public record MetalCounterSet(String name, List<String> counters) {
    /** The name of the set of one counter, the time. */
    public static final String TIMESTAMP = "timestamp";

    private static final Message SETS = Message.of(MTLDevice_counterSets.class);
    private static final Message NAME = Message.of(MTLCounterSet_name.class);
    private static final Message COUNTERS = Message.of(MTLCounterSet_counters.class);
    private static final Message COUNTER_NAME = Message.of(MTLCounter_name.class);

    /** Copies the list. */
    public MetalCounterSet {
        counters = List.copyOf(counters);
    }

    static List<MetalCounterSet> of(MetalDevice device) {
        var objc = device.objc();
        try (var receiver = device.receiver()) {
            return NSArray.map(objc, receiver.lent(SETS, MTLDevice_counterSets::invoke), set -> read(objc, set));
        }
    }

    private static MetalCounterSet read(ObjectiveC objc, MemorySegment set) {
        var counters = objc.bind(COUNTERS);
        var array = MTLCounterSet_counters.invoke(counters.function(), set, counters.selector());
        return new MetalCounterSet(nameOf(objc, set), NSArray.map(objc, array, counter -> {
            var name = objc.bind(COUNTER_NAME);
            return NSString.toJava(objc, MTLCounter_name.invoke(name.function(), counter, name.selector()));
        }));
    }

    private static String nameOf(ObjectiveC objc, MemorySegment set) {
        var name = objc.bind(NAME);
        return NSString.toJava(objc, MTLCounterSet_name.invoke(name.function(), set, name.selector()));
    }

    /** The object of this name, lent for the receiver's pool. */
    MemorySegment lent(ObjectiveC objc, MetalObject.Receiver device) {
        return NSArray.map(objc, device.lent(SETS, MTLDevice_counterSets::invoke), set -> set).stream()
                .filter(set -> nameOf(objc, set).equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("the device has no counter set '" + name + "'"));
    }
}
