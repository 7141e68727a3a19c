package io.ringkernel.metal.bench.table;

import java.util.Optional;

/**
 * One line of the table.
 *
 * @param alternativeName what the alternative is called; empty where a time is compared with {@code atMost} itself
 * @param atMost the largest ratio, or the longest time, that meets the goal; infinite where there is none
 */
public record Comparison(
        String name, Measured ours, String alternativeName, Optional<Measured> alternative, double atMost) {

    /** Our cost as a multiple of the alternative's; empty without an alternative. */
    public Optional<Double> ratio() {
        return alternative.map(ours::costAgainst);
    }

    /** Whether the figure is met; empty where there is none. */
    public Optional<Boolean> isMet() {
        if (Double.isInfinite(atMost)) {
            return Optional.empty();
        }
        return Optional.of(ratio().orElseGet(ours::best) <= atMost);
    }

    /** The wider one of the two spreads, as a part of the best sample. */
    public double spread() {
        return Math.max(ours.spread(), alternative.map(Measured::spread).orElse(0.0));
    }
}
