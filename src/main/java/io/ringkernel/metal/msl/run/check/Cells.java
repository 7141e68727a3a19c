package io.ringkernel.metal.msl.run.check;

/**
 * The last accesses to each of a run of words, or bytes: who wrote last, and two who read. Two suffice: if they are of
 * different SIMD-groups or threadgroups, whoever writes without order has none with one of them; if not, they are the
 * latest two lanes of the one SIMD-group that reads.
 */
final class Cells {
    final long[] writers;
    final long[] readers;
    final long[] otherReaders;

    Cells(int count) {
        writers = new long[count];
        readers = new long[count];
        otherReaders = new long[count];
    }

    /** So many cells, each with what another has at an index. */
    static Cells spread(Cells source, int index, int count) {
        var cells = new Cells(count);
        for (int i = 0; i < count; i++) {
            cells.writers[i] = source.writers[index];
            cells.readers[i] = source.readers[index];
            cells.otherReaders[i] = source.otherReaders[index];
        }
        return cells;
    }

    void clear(int index) {
        writers[index] = 0;
        readers[index] = 0;
        otherReaders[index] = 0;
    }
}
