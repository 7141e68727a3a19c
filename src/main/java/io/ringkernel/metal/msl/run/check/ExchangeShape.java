package io.ringkernel.metal.msl.run.check;

import java.util.Arrays;
import java.util.Optional;

/** How a lane finds the one that it takes a value from. */
public enum ExchangeShape {
    INDEX("shuffle"),
    UP("up"),
    DOWN("down"),
    XOR("xor"),
    ROTATE_UP("rotateUp"),
    ROTATE_DOWN("rotateDown");

    private final String method;

    ExchangeShape(String method) {
        this.method = method;
    }

    /** The shape of the exchange that a method of {@link io.ringkernel.metal.msl.run.lane.LaneShuffles} makes. */
    public static Optional<ExchangeShape> ofMethod(String name) {
        return Arrays.stream(values())
                .filter(shape -> shape.method.equals(name))
                .findFirst();
    }

    /** Beyond the ends of a SIMD-group nothing is read. */
    boolean hasTail() {
        return this == UP || this == DOWN;
    }

    /** The lane that a lane takes from, which may not exist. */
    int source(int lane, int selector, int width) {
        return switch (this) {
            case INDEX -> selector;
            case UP -> lane - selector;
            case DOWN -> lane + selector;
            case XOR -> lane ^ selector;
            case ROTATE_UP -> Math.floorMod(lane - selector, width);
            case ROTATE_DOWN -> (lane + selector) % width;
        };
    }
}
