package io.ringkernel.metal.examples.wave;

import java.util.Arrays;

/**
 * The same waves on undivided arrays, in plain Java on one thread. An array has a rim of one cell around the domain.
 */
final class JavaWave {

    private final int side;
    private final int row;
    private float[][] now;
    private float[][] previous;

    JavaWave(WaveShape shape, float[][] fields) {
        side = shape.side();
        row = side + 2;
        now = Arrays.stream(fields).map(this::withRim).toArray(float[][]::new);
        previous = Arrays.stream(fields).map(this::withRim).toArray(float[][]::new);
    }

    private float[] withRim(float[] domain) {
        float[] cells = new float[row * row];
        for (int y = 0; y < side; y++) {
            System.arraycopy(domain, y * side, cells, (y + 1) * row + 1, side);
        }
        return cells;
    }

    void advance(int steps) {
        for (int i = 0; i < steps; i++) {
            for (int field = 0; field < now.length; field++) {
                fillRim(now[field]);
                step(now[field], previous[field]);
            }
            turn();
        }
    }

    private void fillRim(float[] cells) {
        System.arraycopy(cells, row, cells, 0, row);
        System.arraycopy(cells, side * row, cells, (side + 1) * row, row);
        for (int y = 1; y <= side; y++) {
            cells[y * row] = cells[y * row + 1];
            cells[y * row + side + 1] = cells[y * row + side];
        }
    }

    private void step(float[] cells, float[] before) {
        for (int y = 1; y <= side; y++) {
            for (int i = y * row + 1; i <= y * row + side; i++) {
                float centre = cells[i];
                float around = (cells[i - row] + cells[i + row]) + (cells[i - 1] + cells[i + 1]);
                float change = WaveShape.SPEED_SQUARED * (around - 4.0f * centre);
                before[i] = ((centre + centre) - before[i]) + change;
            }
        }
    }

    void turn() {
        float[][] last = now;
        now = previous;
        previous = last;
    }

    float[] field(int field) {
        float[] domain = new float[side * side];
        for (int y = 0; y < side; y++) {
            System.arraycopy(now[field], (y + 1) * row + 1, domain, y * side, side);
        }
        return domain;
    }
}
