package io.ringkernel.metal.bench.table;

import java.util.Arrays;

/**
 * What one benchmark gave.
 *
 * @param samples one value per iteration
 * @param unit of the samples, such as {@code us/op}
 * @param higherIsBetter whether the samples are a throughput
 * @param bytesPerOperation allocated on the heap by all threads; NaN where it was not measured
 */
public record Measured(double[] samples, String unit, boolean higherIsBetter, double bytesPerOperation) {

    public Measured {
        if (samples.length == 0) {
            throw new IllegalArgumentException("no samples");
        }
        samples = samples.clone();
        Arrays.sort(samples);
    }

    /** The best sample: whatever else the machine does only ever adds to a cost. */
    public double best() {
        return higherIsBetter ? samples[samples.length - 1] : samples[0];
    }

    private double median() {
        int middle = samples.length / 2;
        return samples.length % 2 == 1 ? samples[middle] : (samples[middle - 1] + samples[middle]) / 2;
    }

    /** How far the median lies from the best sample, as a part of the best. */
    public double spread() {
        return Math.abs(median() - best()) / best();
    }

    /** How much more this costs than another: a ratio of times, or of throughputs turned over. */
    double costAgainst(Measured other) {
        if (higherIsBetter != other.higherIsBetter || !unit.equals(other.unit)) {
            throw new IllegalArgumentException("not comparable: " + unit + " and " + other.unit);
        }
        return higherIsBetter ? other.best() / best() : best() / other.best();
    }
}
