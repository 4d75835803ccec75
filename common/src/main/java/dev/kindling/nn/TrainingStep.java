package dev.kindling.nn;

/**
 * A step of training, or with local steps a round.
 *
 * @param step number of the last batch, from 1
 * @param epoch passes over the training rows after it
 * @param loss mean loss of the batch before the step, with the penalty
 * @param learningRate geometric mean over groups
 * @param cosine of gradient and average of directions; NaN where none is made
 * @param pending adjustment of log η not yet confirmed
 * @param regrets so far
 * @param validation sums over the validation rows after the step, or null
 */
public record TrainingStep(
    long step,
    double epoch,
    double loss,
    double learningRate,
    double cosine,
    double pending,
    long regrets,
    LossSum validation) {}
