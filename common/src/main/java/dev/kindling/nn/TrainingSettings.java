package dev.kindling.nn;

/**
 * How long to train and when to look.
 *
 * @param steps batches in all
 * @param evaluateEvery steps between two looks at the validation rows
 * @param earlyStop looks without a lower validation loss after which training ends; 0: never
 * @param plateau looks without a lower validation loss after which, and after every as many more,
 *     the schedule hears of a {@linkplain dev.kindling.optim.Schedule#plateau plateau}; 0: never
 * @param checkpointEvery steps between two checkpoints
 * @param localSteps steps that workers take between two averages; 1: none, gradients are merged
 */
public record TrainingSettings(
    long steps,
    long evaluateEvery,
    int earlyStop,
    int plateau,
    long checkpointEvery,
    int localSteps) {}
