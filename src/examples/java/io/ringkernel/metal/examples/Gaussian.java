package io.ringkernel.metal.examples;

/** The weights of a Gaussian blur along one axis: 2 * radius + 1 of them, which sum to 1. */
record Gaussian(float[] weights) {

    /** Cut off at three standard deviations, where the weight is about a hundredth of the middle's. */
    static Gaussian of(double standardDeviation) {
        int radius = (int) Math.ceil(3 * standardDeviation);
        double[] exact = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            double distance = (i - radius) / standardDeviation;
            exact[i] = Math.exp(-distance * distance / 2);
            sum += exact[i];
        }
        float[] weights = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
            weights[i] = (float) (exact[i] / sum);
        }
        return new Gaussian(weights);
    }

    int radius() {
        return weights.length / 2;
    }
}
