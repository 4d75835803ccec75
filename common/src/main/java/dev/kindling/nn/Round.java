package dev.kindling.nn;

/**
 * What a round of local steps gives, averaged over the workers.
 *
 * @param weights after it
 * @param gradient mean over the steps and workers
 * @param moments of the optimizer after it
 * @param state of the first worker's optimizer, for what is not averaged
 * @param loss sums over all batches, each before its step
 */
public record Round(
    double[] weights, double[] gradient, double[][] moments, byte[] state, LossSum loss) {}
