package io.ringkernel.metal.msl.random;

/** What the interpreter knows of one thread: every object is a run of cells, and a pointer is the number of a cell. */
final class ThreadState {
    final int[] cells;
    final int[] input;
    final int thread;
    final int lane;
    final int groupSize;
    boolean breaks;
    boolean continues;

    ThreadState(int cellCount, int[] input, int thread, int lane, int groupSize) {
        cells = new int[cellCount];
        this.input = input;
        this.thread = thread;
        this.lane = lane;
        this.groupSize = groupSize;
    }

    /** Fills cells from one on. */
    void set(int first, int... values) {
        System.arraycopy(values, 0, cells, first, values.length);
    }

    void setFloats(int first, float... values) {
        for (int i = 0; i < values.length; i++) {
            cells[first + i] = Float.floatToRawIntBits(values[i]);
        }
    }

    /** Whether the rest of a loop's body is left out. */
    boolean leaves() {
        return breaks || continues;
    }
}
