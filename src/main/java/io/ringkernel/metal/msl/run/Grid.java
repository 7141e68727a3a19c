package io.ringkernel.metal.msl.run;

/**
 * The threads of a dispatch and the threadgroups they come in. {@code threads} need not be a multiple of
 * {@code threadsPerThreadgroup}: threadgroups at the upper edges are smaller then.
 */
public record Grid(Extent threads, Extent threadsPerThreadgroup) {

    public Grid {
        requirePositive("threads", threads);
        requirePositive("threadsPerThreadgroup", threadsPerThreadgroup);
    }

    /** As {@code dispatchThreads:threadsPerThreadgroup:} means it. */
    public static Grid ofThreads(Extent threads, Extent threadsPerThreadgroup) {
        return new Grid(threads, threadsPerThreadgroup);
    }

    /** As {@code dispatchThreadgroups:threadsPerThreadgroup:} means it; throws ArithmeticException over 2^31-1. */
    public static Grid ofThreadgroups(Extent groups, Extent threadsPerThreadgroup) {
        return new Grid(
                new Extent(
                        Math.multiplyExact(groups.width(), threadsPerThreadgroup.width()),
                        Math.multiplyExact(groups.height(), threadsPerThreadgroup.height()),
                        Math.multiplyExact(groups.depth(), threadsPerThreadgroup.depth())),
                threadsPerThreadgroup);
    }

    /** How many threadgroups there are in each dimension, edge groups included. */
    public Extent threadgroups() {
        return new Extent(
                Math.ceilDiv(threads.width(), threadsPerThreadgroup.width()),
                Math.ceilDiv(threads.height(), threadsPerThreadgroup.height()),
                Math.ceilDiv(threads.depth(), threadsPerThreadgroup.depth()));
    }

    private static void requirePositive(String name, Extent extent) {
        if (extent.width() < 1 || extent.height() < 1 || extent.depth() < 1) {
            throw new IllegalArgumentException(name + " not at least 1 in each dimension: " + extent);
        }
    }
}
