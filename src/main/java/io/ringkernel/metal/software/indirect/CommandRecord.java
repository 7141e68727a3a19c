package io.ringkernel.metal.software.indirect;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.Grid;
import io.ringkernel.metal.software.foundation.Size;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One command in memory, which {@code commands.metal} draws. Kernels write it too: nothing in it can be relied upon.
 */
record CommandRecord(MemorySegment words, CommandLayout layout) {
    /** The words in front of the buffers. */
    static final int BINDINGS = 10;

    private static final int STATE = 0;
    private static final int DISPATCH = 1;
    private static final int BARRIER = 2;
    private static final int PIPELINE = 3;
    private static final int GRID = 4;
    private static final int THREADGROUP = 7;

    /** What a command does; the ordinal is the word that says so. */
    enum Dispatch {
        NONE,
        THREADGROUPS,
        THREADS
    }

    private long get(int word) {
        return words.getAtIndex(ValueLayout.JAVA_LONG, word);
    }

    /** A word that the CPU sets; its command has a known content from then on. */
    private void set(int word, long value) {
        words.setAtIndex(ValueLayout.JAVA_LONG, STATE, 1);
        words.setAtIndex(ValueLayout.JAVA_LONG, word, value);
    }

    /** Makes it a command that does nothing. */
    void reset() {
        words.fill((byte) 0);
        set(DISPATCH, Dispatch.NONE.ordinal());
    }

    /** Whether the CPU encoded it, or anybody reset it. */
    boolean isKnown() {
        return get(STATE) == 1;
    }

    Dispatch dispatch() {
        long kind = get(DISPATCH);
        return kind > 0 && kind < Dispatch.values().length ? Dispatch.values()[(int) kind] : Dispatch.NONE;
    }

    void dispatch(Dispatch kind, Size grid, Size threadsPerThreadgroup) {
        set(DISPATCH, kind.ordinal());
        set(GRID, grid);
        set(THREADGROUP, threadsPerThreadgroup);
    }

    private void set(int word, Size size) {
        set(word, size.width());
        set(word + 1, size.height());
        set(word + 2, size.depth());
    }

    /** Whether all commands before it end before it begins. */
    boolean hasBarrier() {
        return get(BARRIER) != 0;
    }

    void barrier(boolean wanted) {
        set(BARRIER, wanted ? 1 : 0);
    }

    long pipeline() {
        return get(PIPELINE);
    }

    void pipeline(long id) {
        set(PIPELINE, id);
    }

    /** The address that is bound at an index; 0 for none. */
    long buffer(int index) {
        return get(BINDINGS + index);
    }

    void buffer(int index, long address) {
        set(BINDINGS + index, address);
    }

    long threadgroupLength(int index) {
        return get(BINDINGS + layout.buffers() + index);
    }

    void threadgroupLength(int index, long byteSize) {
        set(BINDINGS + layout.buffers() + index, byteSize);
    }

    /** Number of threads in a threadgroup; may be anything. */
    Size threadsPerThreadgroup() {
        return size(THREADGROUP);
    }

    private Size size(int word) {
        return new Size(get(word), get(word + 1), get(word + 2));
    }

    /** The threads; throws ArithmeticException or IllegalArgumentException for what is no grid. */
    Grid grid() {
        var grid = extent(size(GRID));
        var each = extent(threadsPerThreadgroup());
        return dispatch() == Dispatch.THREADS ? Grid.ofThreads(grid, each) : Grid.ofThreadgroups(grid, each);
    }

    private static Extent extent(Size size) {
        return new Extent(Math.toIntExact(size.width()), Math.toIntExact(size.height()), Math.toIntExact(size.depth()));
    }
}
