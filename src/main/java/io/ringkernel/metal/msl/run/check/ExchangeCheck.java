package io.ringkernel.metal.msl.run.check;

import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Finds lanes that take a value from a lane that gives none (MSL specification, section 6.9.2: undefined). Beyond the
 * ends of a SIMD-group, {@code up} and {@code down} leave what they give undefined without reading anything; it is the
 * tail that reductions do not use, so it is not told.
 */
record ExchangeCheck(Reporter reporter) {

    /** The lanes of a threadgroup: which do not run, and how many there are in all and in a SIMD-group or quad. */
    record Lanes(int[] waiting, int count, int width) {
        boolean runs(int lane) {
            return waiting == null || waiting[lane] == 0;
        }
    }

    void check(Lanes lanes, IntUnaryOperator selector, ExchangeShape shape, IntFunction<Finding.Access> access) {
        for (int lane = 0; lane < lanes.count(); lane++) {
            if (lanes.runs(lane)) {
                var base = lane - lane % lanes.width();
                var source = shape.source(lane - base, selector.applyAsInt(lane), lanes.width());
                check(lanes, base, source, shape, lane, access);
            }
        }
    }

    private void check(
            Lanes lanes, int base, int source, ExchangeShape shape, int lane, IntFunction<Finding.Access> access) {
        var exists = source >= 0 && source < lanes.width() && base + source < lanes.count();
        if (!exists && !shape.hasTail()) {
            reporter.lane(access.apply(lane), "lane %d does not exist: the value is undefined".formatted(source));
        } else if (exists && !lanes.runs(base + source)) {
            reporter.lane(
                    access.apply(lane),
                    "lane %d does not take part here: the value is undefined, whatever hardware gives"
                            .formatted(source));
        }
    }
}
