package io.ringkernel.metal.objc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The objects of a {@link StubObjectiveC}: their values, reference counts and autorelease pools. */
final class StubObjects {
    private static final int ADDRESS_STEP = 16;

    private final Arena arena;
    private final Map<Long, Object> values = new ConcurrentHashMap<>();
    private final Map<Long, Integer> counts = new ConcurrentHashMap<>();
    private final ThreadLocal<Deque<List<MemorySegment>>> pools = ThreadLocal.withInitial(ArrayDeque::new);

    StubObjects(Arena arena) {
        this.arena = arena;
    }

    MemorySegment object(Object value) {
        var id = MemorySegment.ofAddress(
                arena.allocate(ADDRESS_STEP, ADDRESS_STEP).address());
        values.put(id.address(), value);
        counts.put(id.address(), 1);
        return id;
    }

    MemorySegment array(List<MemorySegment> elements) {
        elements.forEach(this::retained);
        return object(List.copyOf(elements));
    }

    Object value(MemorySegment object) {
        var value = values.get(object.address());
        if (value == null) {
            throw new IllegalStateException("message to a dead object");
        }
        return value;
    }

    void setValue(MemorySegment object, Object value) {
        values.put(object.address(), value);
    }

    int count(MemorySegment object) {
        return counts.getOrDefault(object.address(), 0);
    }

    int aliveCount() {
        return counts.size();
    }

    MemorySegment retained(MemorySegment object) {
        if (counts.computeIfPresent(object.address(), (address, count) -> count + 1) == null) {
            throw new IllegalStateException("retain of a dead object");
        }
        return object;
    }

    MemorySegment released(MemorySegment object) {
        var left = counts.merge(object.address(), -1, (count, one) -> count == 1 ? null : count - 1);
        if (left == null) {
            releaseElements(values.remove(object.address()));
        } else if (left < 0) {
            counts.remove(object.address());
            throw new IllegalStateException("release of a dead object");
        }
        return object;
    }

    private void releaseElements(Object value) {
        switch (value) {
            case List<?> list -> list.forEach(element -> released((MemorySegment) element));
            case Map<?, ?> map -> map.values().forEach(element -> released((MemorySegment) element));
            default -> {}
        }
    }

    MemorySegment autoreleased(MemorySegment object) {
        var pool = pools.get().peek();
        if (pool == null) {
            throw new IllegalStateException("autorelease without a pool");
        }
        pool.add(object);
        return object;
    }

    MemorySegment push() {
        pools.get().push(new ArrayList<>());
        return MemorySegment.ofAddress(pools.get().size());
    }

    MemorySegment popped(MemorySegment token) {
        while (pools.get().size() >= token.address()) {
            pools.get().pop().forEach(this::released);
        }
        return token;
    }
}
