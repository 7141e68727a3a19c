package io.ringkernel.metal.halo;

import java.util.Random;

/** Configurations of every option, by seed. */
final class RandomConfigurations {
    private final Random random;
    private final int dimensions;
    private final HaloCell cell;

    private RandomConfigurations(long seed) {
        random = new Random(seed);
        dimensions = 2 + random.nextInt(2);
        cell = pick(HaloCell.values());
    }

    static HaloExchangeConfig of(long seed) {
        return new RandomConfigurations(seed).make();
    }

    private HaloExchangeConfig make() {
        int mostTiles = dimensions == 2 ? 4 : 3;
        int mostCells = dimensions == 2 ? 9 : 5;
        int[] grid = {1 + random.nextInt(mostTiles), 1 + random.nextInt(mostTiles), 1 + random.nextInt(mostTiles)};
        int[] tile = {1 + random.nextInt(mostCells), 1 + random.nextInt(mostCells), 1 + random.nextInt(mostCells)};
        int[] domain = new int[3];
        int smallest = Integer.MAX_VALUE;
        for (int axis = 0; axis < 3; axis++) {
            domain[axis] = grid[axis] * tile[axis] - (random.nextBoolean() ? random.nextInt(tile[axis]) : 0);
            smallest = axis < dimensions ? Math.min(smallest, tile[axis]) : smallest;
        }
        var config = dimensions == 2
                ? HaloExchangeConfig.grid2d(grid[0], grid[1])
                        .tile(tile[0], tile[1])
                        .domain(domain[0], domain[1])
                : HaloExchangeConfig.grid3d(grid[0], grid[1], grid[2])
                        .tile(tile[0], tile[1], tile[2])
                        .domain(domain[0], domain[1], domain[2]);
        config = config.halo(1 + random.nextInt(smallest))
                .edgesX(edge())
                .edgesY(edge())
                .edgesZ(dimensions == 2 ? HaloEdge.open() : edge())
                .cell(cell)
                .fields(1 + random.nextInt(3));
        return random.nextBoolean() ? config.corners() : config;
    }

    private HaloEdge edge() {
        return switch (random.nextInt(4)) {
            case 0 -> HaloEdge.open();
            case 1 -> HaloEdge.periodic();
            case 2 -> HaloEdge.clamped();
            default -> HaloEdge.constant(constant());
        };
    }

    private double constant() {
        return switch (cell) {
            case FLOAT, FLOAT2, FLOAT4 -> pick(new Double[] {0.0, -0.0, 1.5, (double) 0.1f, Double.NaN});
            case HALF -> pick(new Double[] {0.0, -2.25, 65504.0, Double.NEGATIVE_INFINITY});
            case INT -> pick(new Double[] {0.0, -1.0, -0x1p31, 0x1p31 - 1});
            case UINT -> pick(new Double[] {0.0, 7.0, 0x1p32 - 1});
            case SHORT -> pick(new Double[] {0.0, -32768.0, 32767.0});
            case UCHAR -> pick(new Double[] {0.0, 200.0, 255.0});
        };
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
