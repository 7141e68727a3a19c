package io.ringkernel.metal.halo;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalBufferSlice;
import io.ringkernel.metal.MetalDevice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Tiles on a device, in one buffer or in several. */
final class StoredTiles implements AutoCloseable {
    /** Where tiles lie. */
    enum Placement {
        /** One behind the other in one buffer. */
        ONE_BUFFER,
        /** Each in a buffer of its own. */
        OWN_BUFFERS,
        /** Backwards in one buffer, with gaps. */
        SCATTERED
    }

    private final List<MetalBuffer> buffers = new ArrayList<>();
    private final List<MetalBufferSlice> slices;

    StoredTiles(MetalDevice device, TileGrid grid, Placement placement) {
        int count = grid.tileCount();
        long size = grid.tileByteSize();
        switch (placement) {
            case ONE_BUFFER -> slices = grid.slices(open(device, grid.byteSize()));
            case OWN_BUFFERS -> {
                slices = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    slices.add(open(device, size).slice(0, size));
                }
            }
            case SCATTERED -> {
                long distance = (size + 31) / 16 * 16;
                var buffer = open(device, distance * count);
                var backwards = new ArrayList<MetalBufferSlice>();
                for (int i = 0; i < count; i++) {
                    backwards.add(buffer.slice(i * distance, size));
                }
                Collections.reverse(backwards);
                slices = backwards;
            }
            default -> throw new AssertionError(placement);
        }
    }

    private MetalBuffer open(MetalDevice device, long size) {
        var buffer = device.newBuffer(size);
        buffers.add(buffer);
        return buffer;
    }

    /** Random bytes for the tiles of a grid, ghost cells included. */
    static byte[][] random(TileGrid grid, Random random) {
        var tiles = new byte[grid.tileCount()][Math.toIntExact(grid.tileByteSize())];
        for (var tile : tiles) {
            random.nextBytes(tile);
        }
        return tiles;
    }

    List<MetalBufferSlice> slices() {
        return slices;
    }

    void write(byte[][] tiles) {
        for (int i = 0; i < tiles.length; i++) {
            slices.get(i).contents().copyFrom(MemorySegment.ofArray(tiles[i]));
        }
    }

    byte[][] read() {
        return slices.stream()
                .map(slice -> slice.contents().toArray(ValueLayout.JAVA_BYTE))
                .toArray(byte[][]::new);
    }

    @Override
    public void close() {
        buffers.forEach(MetalBuffer::close);
    }
}
