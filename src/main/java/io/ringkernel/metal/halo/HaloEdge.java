package io.ringkernel.metal.halo;

/**
 * What lies beyond the domain along one axis, at both of its ends.
 *
 * <p>A ghost cell beyond a corner of the domain is outside along several axes: it is open if any of these edges is,
 * else constant if any is (of x before y before z), and otherwise each axis finds its coordinate by its own edge.
 */
public sealed interface HaloEdge {

    /** Nothing: ghost cells outside of the domain are never written. */
    record Open() implements HaloEdge {}

    /** The other end of the domain. */
    record Periodic() implements HaloEdge {}

    /** The domain's last cell, again and again. */
    record Clamped() implements HaloEdge {}

    /**
     * One value.
     *
     * @param value must be exactly a value of the cell's type; of each component, for a vector
     */
    record Constant(double value) implements HaloEdge {}

    /** Nothing: ghost cells outside of the domain are never written. */
    static HaloEdge open() {
        return new Open();
    }

    /** The other end of the domain. */
    static HaloEdge periodic() {
        return new Periodic();
    }

    /** The domain's last cell, again and again. */
    static HaloEdge clamped() {
        return new Clamped();
    }

    /** One value, which must be exactly a value of the cell's type. */
    static HaloEdge constant(double value) {
        return new Constant(value);
    }
}
