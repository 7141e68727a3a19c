package io.ringkernel.metal.msl.run.check;

import java.util.HashMap;
import java.util.Map;

/**
 * What fences make visible (MSL specification, section 6.15.3): accesses before a thread's fence are before those after
 * another thread's fence, if between them the first wrote an atomic object and the second read what it wrote. Nothing
 * is kept for kernels without fences.
 */
final class Releases {

    /** Of a threadgroup: all accesses before the threshold of a space, and those of single lanes up to an epoch. */
    private record Known(long device, long threadgroup, Map<Integer, Long> lanes) {
        boolean covers(long cell, boolean isDevice) {
            var epoch = Cell.epoch(cell);
            return epoch < (isDevice ? device : threadgroup) || epoch < lanes.getOrDefault(Cell.lane(cell), 0L);
        }

        Known join(Known other) {
            var both = new HashMap<>(lanes);
            other.lanes.forEach((lane, epoch) -> both.merge(lane, epoch, Math::max));
            return new Known(Math.max(device, other.device), Math.max(threadgroup, other.threadgroup), both);
        }
    }

    /** By the number of the threadgroup. */
    private static final class Knowledge extends HashMap<Long, Known> {
        private static final long serialVersionUID = 1L;

        void add(Map<Long, Known> other) {
            other.forEach((group, known) -> merge(group, known, Known::join));
        }
    }

    private final Map<Long, Knowledge> byObject = new HashMap<>();
    private final Map<Integer, Knowledge> acquired = new HashMap<>();
    private final Map<Integer, Knowledge> pending = new HashMap<>();
    private final Map<Integer, Knowledge> released = new HashMap<>();
    private final Knowledge ofGroup = new Knowledge();
    private boolean hasFences;

    boolean isEmpty() {
        return !hasFences;
    }

    void beginGroup() {
        if (hasFences) {
            acquired.clear();
            pending.clear();
            released.clear();
            ofGroup.clear();
        }
    }

    /** A barrier tells all threads of the group what one of them acquired. */
    void barrier(int flags) {
        if (hasFences && (flags & Thresholds.DEVICE) != 0) {
            acquired.values().forEach(ofGroup::add);
        }
    }

    void fence(int lane, long group, Thresholds thresholds, long now, int flags) {
        hasFences = true;
        if ((flags & (Thresholds.DEVICE | Thresholds.THREADGROUP)) == 0) {
            return;
        }
        var own = acquired.computeIfAbsent(lane, _ -> new Knowledge());
        own.add(ofGroup);
        var read = pending.remove(lane);
        if (read != null) {
            own.add(read);
        }
        var told = new Knowledge();
        told.add(own);
        told.merge(group, new Known(thresholds.fence(true), thresholds.fence(false), Map.of(lane, now)), Known::join);
        released.put(lane, told);
    }

    void atomic(int lane, long address, boolean reads, boolean writes) {
        if (!hasFences) {
            return;
        }
        var there = byObject.get(address);
        if (reads && there != null) {
            pending.computeIfAbsent(lane, _ -> new Knowledge()).add(there);
        }
        if (writes) {
            // A store that is no read-modify-write ends the sequence that earlier releases head.
            var now = reads && there != null ? there : new Knowledge();
            now.add(released.getOrDefault(lane, new Knowledge()));
            byObject.put(address, now);
        }
    }

    boolean covers(int lane, long group, long cell, boolean isDevice) {
        var own = acquired.get(lane);
        var known = own == null ? null : own.get(group);
        var told = ofGroup.get(group);
        return known != null && known.covers(cell, isDevice) || told != null && told.covers(cell, isDevice);
    }
}
