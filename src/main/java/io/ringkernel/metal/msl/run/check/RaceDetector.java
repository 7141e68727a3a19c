package io.ringkernel.metal.msl.run.check;

import io.ringkernel.metal.msl.run.Lanes;
import io.ringkernel.metal.msl.run.check.Finding.Kind;

/** Compares the accesses of one run with those before them that nothing orders. */
final class RaceDetector implements ShadowMemory.Visitor {
    private final CheckSession session;
    private final Reporter reporter;
    private final Thresholds thresholds = new Thresholds();
    private final Releases releases = new Releases();
    private final ShadowMemory threadgroup = new ShadowMemory();
    private DispatchHistory dispatch;
    private long group;
    // The access at hand.
    private long self;
    private int lane;
    private boolean isDevice;
    private boolean reported;

    RaceDetector(CheckSession session, Reporter reporter) {
        this.session = session;
        this.reporter = reporter;
    }

    void beginGroup(DispatchHistory current, long number) {
        dispatch = current;
        group = number;
        thresholds.beginGroup(session.now());
        releases.beginGroup();
    }

    void barrier(int flags, int line) {
        releases.barrier(flags);
        thresholds.barrier(session.advance(), flags, line);
    }

    void simdBarriers(int[] waiting, int count, int flags, int line) {
        session.advance();
        for (int from = 0; from < count; from += Lanes.SIMD_WIDTH) {
            if (Lanes.runs(waiting, from)) {
                thresholds.simdBarrier(from / Lanes.SIMD_WIDTH, session.now(), flags, line);
            }
        }
    }

    void fence(int ofLane, int flags) {
        session.advance();
        releases.fence(ofLane, group, thresholds, session.now(), flags);
    }

    /** An atomic operation reads what releases left there, and leaves its own. */
    void synchronise(int ofLane, long address, boolean reads, boolean writes) {
        releases.atomic(ofLane, address, reads, writes);
    }

    void access(long address, long byteCount, boolean ofDevice, int ofLane, long cell) {
        self = cell;
        lane = ofLane;
        isDevice = ofDevice;
        reported = false;
        (ofDevice ? session.device() : threadgroup).visit(address, byteCount, this);
    }

    @Override
    public void visit(Cells cells, int index, long address) {
        if (Cell.isWrite(self)) {
            write(cells, index, address);
        } else {
            read(cells, index, address);
        }
    }

    private void read(Cells cells, int index, long address) {
        var writer = cells.writers[index];
        compare(writer, address);
        var first = cells.readers[index];
        var second = cells.otherReaders[index];
        if (Cell.isWrite(second)) {
            compare(second, address);
        }
        if (first == 0 || isOrdered(first)) {
            cells.readers[index] = self;
        } else if (second == 0 || isOrdered(second) || isFurtherAway(first, second) || isPreferred(second)) {
            cells.otherReaders[index] = self;
        } else if (isPreferred(first)) {
            cells.readers[index] = self;
        }
    }

    /** Whether both readers are of one SIMD-group, and this one is not. */
    private boolean isFurtherAway(long first, long second) {
        return thresholds.isOfThisGroup(first)
                && thresholds.isOfThisGroup(second)
                && Cell.lane(first) / Lanes.SIMD_WIDTH == Cell.lane(second) / Lanes.SIMD_WIDTH
                && !Thresholds.isOfSimdgroup(first, lane);
    }

    /** Whether what is kept is an atomic read, which conflicts with less than this one. */
    private boolean isPreferred(long kept) {
        return Cell.isAtomic(kept) && !Cell.isWrite(kept) && !Cell.isAtomic(self);
    }

    private void write(Cells cells, int index, long address) {
        var writer = cells.writers[index];
        compare(writer, address);
        compare(cells.readers[index], address);
        compare(cells.otherReaders[index], address);
        if (Cell.isAtomic(self) && writer != 0 && mustStay(writer) && !isPlainWrite(cells.otherReaders[index])) {
            cells.otherReaders[index] = writer;
        }
        cells.writers[index] = self;
    }

    /** Whether others must still meet a write before an atomic one: another lane's atomic, or one's own plain one. */
    private boolean mustStay(long writer) {
        return Cell.isAtomic(writer)
                ? !isOrdered(writer)
                : thresholds.isOfThisGroup(writer) && Cell.lane(writer) == lane;
    }

    /** Whether what is kept is a plain write, which conflicts with more than an atomic one. */
    private boolean isPlainWrite(long kept) {
        return Cell.isWrite(kept) && !Cell.isAtomic(kept) && !isOrdered(kept);
    }

    private boolean isOrdered(long cell) {
        if (thresholds.isOfThisGroup(cell)) {
            return thresholds.isOrdered(cell, lane, isDevice) || isReleased(cell);
        }
        return !isDevice || isReleased(cell);
    }

    private boolean isReleased(long cell) {
        return !releases.isEmpty()
                && session.at(Cell.epoch(cell)) == dispatch
                && releases.covers(lane, dispatch.group(Cell.epoch(cell)), cell, isDevice);
    }

    private void compare(long cell, long address) {
        if (cell == 0 || reported || Cell.isAtomic(cell) && Cell.isAtomic(self) || isOrdered(cell)) {
            return;
        }
        reported = true;
        var conflict = classify(cell);
        var history = session.at(Cell.epoch(cell));
        reporter.race(conflict, history.access(cell), dispatch.access(self), address);
    }

    private Conflict classify(long cell) {
        if (!thresholds.isOfThisGroup(cell)) {
            return session.at(Cell.epoch(cell)) == dispatch ? Conflict.BETWEEN_GROUPS : betweenDispatches(cell);
        }
        var barrier = thresholds.between(cell, lane);
        if (barrier != Thresholds.Barrier.NONE) {
            return Conflict.despite(barrier, isDevice);
        }
        if (Thresholds.isOfSimdgroup(cell, lane)) {
            return isOneEffect(cell) ? Conflict.UNORDERED : Conflict.LOCKSTEP;
        }
        var own = thresholds.simdBarrierSince(cell, lane);
        return own == Thresholds.Barrier.NONE ? Conflict.UNORDERED : Conflict.beyondSimdgroup(own);
    }

    private Conflict betweenDispatches(long cell) {
        return session.isBeforeBoundary(Cell.epoch(cell)) ? Conflict.OTHER_BOUNDARY : Conflict.BETWEEN_DISPATCHES;
    }

    /** Whether lanes in lockstep would do both at once: the stores of one statement. */
    private boolean isOneEffect(long cell) {
        return Cell.site(cell) == Cell.site(self)
                || Cell.isWrite(cell)
                        && Cell.isWrite(self)
                        && dispatch.line(Cell.site(cell)) == dispatch.line(Cell.site(self));
    }

    /** What kind of finding two accesses are, and why. */
    record Conflict(Kind kind, String explanation) {
        static final Conflict UNORDERED =
                new Conflict(Kind.RACE, "no threadgroup_barrier between them that orders this memory");
        static final Conflict BETWEEN_GROUPS =
                new Conflict(Kind.RACE, "different threadgroups: no barrier orders them, only another dispatch does");
        static final Conflict BETWEEN_DISPATCHES = new Conflict(
                Kind.RACE, "different dispatches of a concurrent encoder without a memory barrier between them");
        static final Conflict OTHER_BOUNDARY = new Conflict(
                Kind.WRONG_FLAGS, "the encoder's memory barrier between the dispatches is for other memory");
        static final Conflict LOCKSTEP = new Conflict(
                Kind.LOCKSTEP_ONLY,
                "same SIMD-group: ordered on hardware that runs it in lockstep, not by the language;"
                        + " a simdgroup_barrier between them orders them");

        static Conflict despite(Thresholds.Barrier barrier, boolean isDevice) {
            var needed = "mem_flags::" + (isDevice ? "mem_device" : "mem_threadgroup");
            var name = barrier.ofSimdgroup() ? "simdgroup_barrier" : "threadgroup_barrier";
            return barrier.flags() == 0
                    ? new Conflict(
                            Kind.LOST_FENCE,
                            "the %s on line %d has mem_none and orders no memory; it needs %s"
                                    .formatted(name, barrier.line(), needed))
                    : new Conflict(
                            Kind.WRONG_FLAGS,
                            "the %s on line %d orders other memory; it needs %s"
                                    .formatted(name, barrier.line(), needed));
        }

        static Conflict beyondSimdgroup(Thresholds.Barrier barrier) {
            return new Conflict(
                    Kind.RACE,
                    "the simdgroup_barrier on line %d does not reach the other SIMD-group".formatted(barrier.line()));
        }
    }
}
