package dev.kindling.nn;

import java.io.Serializable;

/**
 * What one pass over a batch gives.
 *
 * @param gradient of Σ weight × loss, with the sums of losses
 * @param again sums of losses of another batch at the same weights, or null
 */
public record Pass(GradientSum gradient, LossSum again) implements Serializable {}
