package io.ringkernel.metal.msl.run.check;

import io.ringkernel.metal.msl.run.Grid;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What instrumented code calls, for one dispatch on one thread of the JVM. Its public members are the contract with
 * generated code. An access that is out of bounds is left to fail by itself.
 */
public final class AccessCheck {
    private static final int READ = 1;
    private static final int WRITE = 2;

    /** The index in its threadgroup of the thread that runs. */
    public int lane;

    private final Instrumentation instrumentation;
    private final CheckSession session;
    private final DispatchHistory history;
    private final Reporter reporter;
    private final RaceDetector races;
    private final ExchangeCheck exchanges;
    private final Definedness privates;
    private final Definedness threadgroup;
    private final MemorySegment constants;

    /**
     * What is checked.
     *
     * @param siteLines the source line of each access by its number
     * @param places says what is at an address
     */
    public record Subject(
            String kernel,
            Grid grid,
            Instrumentation instrumentation,
            List<Integer> siteLines,
            LongFunction<Place> places) {}

    /** The memory of a worker; threadgroup memory is one piece. */
    public record Regions(MemorySegment privates, MemorySegment threadgroup, MemorySegment constants) {}

    public AccessCheck(CheckSession session, Subject subject, Regions regions) {
        this.session = session;
        instrumentation = subject.instrumentation();
        history = session.begin(new DispatchHistory(subject.kernel(), subject.siteLines(), subject.grid()));
        reporter = new Reporter(subject.kernel(), session.sink(), subject.places());
        races = new RaceDetector(session, reporter);
        exchanges = new ExchangeCheck(reporter);
        privates =
                new Definedness(regions.privates().address(), regions.privates().byteSize());
        threadgroup = new Definedness(
                regions.threadgroup().address(), regions.threadgroup().byteSize());
        constants = regions.constants();
    }

    /** A threadgroup begins. */
    public void beginGroup(int x, int y, int z) {
        var epoch = session.advance();
        history.beginGroup(epoch, x, y, z);
        races.beginGroup(history, history.group(epoch));
        threadgroup.undefineAll();
    }

    /** Before a read whose value is used; gives the offset. */
    public long read(MemorySegment segment, long offset, int byteCount, int site) {
        if (isInBounds(segment, offset, byteCount)) {
            var address = segment.address() + offset;
            requireDefined(address, byteCount, site);
            access(address, byteCount, site, false, false);
        }
        return offset;
    }

    /** Before a read whose value only goes to memory; gives the offset. */
    public long readToMove(MemorySegment segment, long offset, int byteCount, int site) {
        if (isInBounds(segment, offset, byteCount)) {
            access(segment.address() + offset, byteCount, site, false, false);
        }
        return offset;
    }

    /** Before a write; gives the offset. */
    public long write(MemorySegment segment, long offset, int byteCount, int site) {
        if (isInBounds(segment, offset, byteCount)) {
            var address = segment.address() + offset;
            define(address, byteCount, true);
            access(address, byteCount, site, true, false);
        }
        return offset;
    }

    /** Before an atomic operation on a word: {@code effect} is 1 to read, 2 to write, 3 for both. */
    public long atomic(MemorySegment segment, long offset, int byteCount, int effect, int site) {
        if (isInBounds(segment, offset, byteCount)) {
            var address = segment.address() + offset;
            if ((effect & READ) != 0) {
                requireDefined(address, byteCount, site);
            }
            define(address, byteCount, true);
            if (instrumentation.races()) {
                races.synchronise(lane, address, (effect & READ) != 0, (effect & WRITE) != 0);
            }
            access(address, byteCount, site, (effect & WRITE) != 0, true);
        }
        return offset;
    }

    /** A value went from memory to memory as it is. */
    public void move(MemorySegment from, long fromOffset, MemorySegment to, long toOffset, int byteCount, int site) {
        if (!isInBounds(from, fromOffset, byteCount) || !isInBounds(to, toOffset, byteCount)) {
            return;
        }
        var source = from.address() + fromOffset;
        var target = to.address() + toOffset;
        if (isShadowed(target)) {
            for (int i = 0; i < byteCount; i++) {
                define(target + i, 1, isDefined(source + i, 1));
            }
        } else {
            requireDefined(source, byteCount, site);
        }
    }

    /** Before an object is copied, which may have holes. */
    public void copy(MemorySegment from, long fromOffset, MemorySegment to, long toOffset, long byteCount, int site) {
        if (!isInBounds(from, fromOffset, byteCount) || !isInBounds(to, toOffset, byteCount)) {
            return;
        }
        var source = from.address() + fromOffset;
        var target = to.address() + toOffset;
        if (isShadowed(target)) {
            for (int i = 0; i < byteCount; i++) {
                define(target + i, 1, isDefined(source + i, 1));
            }
        }
        access(source, byteCount, site, false, false);
        access(target, byteCount, site, true, false);
    }

    /** Before an object is made zero. */
    public void clear(MemorySegment to, long offset, long byteCount, int site) {
        if (isInBounds(to, offset, byteCount)) {
            define(to.address() + offset, byteCount, true);
            access(to.address() + offset, byteCount, site, true, false);
        }
    }

    /** A variable begins to exist without a value. */
    public void declare(MemorySegment to, long offset, long byteCount) {
        if (isInBounds(to, offset, byteCount)) {
            define(to.address() + offset, byteCount, false);
        }
    }

    public void barrier(int flags, int line) {
        races.barrier(flags, line);
    }

    public void simdBarrier(int[] waiting, int count, int flags, int line) {
        races.simdBarriers(waiting, count, flags, line);
    }

    /** {@code atomic_thread_fence} of any order but relaxed. */
    public void fence(int flags, int order, int scope) {
        if (order != 0) {
            races.fence(lane, flags);
        }
    }

    /**
     * Before an exchange.
     *
     * @param waiting which lanes do not take part, or null
     * @param selectors by lane, or null if {@code selector} is that of all
     * @param shape the number of an {@link ExchangeShape}
     */
    public void exchange(int[] waiting, int count, int width, int[] selectors, int selector, int shape, int line) {
        if (instrumentation.lanes()) {
            exchanges.check(
                    new ExchangeCheck.Lanes(waiting, count, width),
                    i -> selectors == null ? selector : selectors[i],
                    ExchangeShape.values()[shape],
                    i -> new Finding.Access(line, false, false, history.thread(history.group(session.now()), i)));
        }
    }

    private static boolean isInBounds(MemorySegment segment, long offset, long byteCount) {
        return offset >= 0 && offset <= segment.byteSize() - byteCount;
    }

    private boolean isShadowed(long address) {
        return privates.holds(address) || threadgroup.holds(address);
    }

    private boolean isDefined(long address, long byteCount) {
        if (privates.holds(address)) {
            return privates.isDefined(address, byteCount);
        }
        return !threadgroup.holds(address) || threadgroup.isDefined(address, byteCount);
    }

    private void define(long address, long byteCount, boolean isDefined) {
        if (!isShadowed(address)) {
            return;
        }
        var memory = privates.holds(address) ? privates : threadgroup;
        if (isDefined) {
            memory.define(address, byteCount);
        } else {
            memory.undefine(address, byteCount);
        }
    }

    private void requireDefined(long address, long byteCount, int site) {
        if (instrumentation.undefined() && !isDefined(address, byteCount)) {
            var cell = Cell.of(session.now(), lane, site, false, false);
            reporter.uninitialized(history.access(cell), address);
        }
    }

    private void access(long address, long byteCount, int site, boolean isWrite, boolean isAtomic) {
        var isConstant = address - constants.address() >= 0 && address - constants.address() < constants.byteSize();
        if (instrumentation.races() && !privates.holds(address) && !isConstant) {
            var cell = Cell.of(session.now(), lane, site, isAtomic, isWrite);
            races.access(address, byteCount, !threadgroup.holds(address), lane, cell);
        }
    }
}
