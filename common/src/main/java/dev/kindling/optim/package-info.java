/**
 * Base optimizers, and what decides their learning rates: delta-bar-delta, regrettable
 * delta-bar-delta, and their peers.
 *
 * <p><b>What is whose.</b> Of "An Automatic Learning Rate Schedule Algorithm for Achieving Faster
 * Convergence and Steeper Descent" (arXiv 2310.11291) the abstract is all that was at hand. It
 * says: delta-bar-delta sets the learning rate by the current and the previous update of the
 * weights; on full data it is a match for Adam and SGD; the noise of mini-batches can break its
 * convergence; the regrettable one promptly takes back a biased adjustment and so ensures
 * convergence; and it wraps any optimizer.
 *
 * <p>All else is this project's reconstruction, not the paper's: the cosine as the signal and its
 * three alternatives ({@link dev.kindling.optim.Signal}), the average of directions and its θ, the
 * adjustment of log η by κ, the rule by which one adjustment is pending until the next gradient
 * confirms or contradicts it, the range of η, groups, the delayed signal with its bound ({@link
 * dev.kindling.optim.DbdSettings}), loss regret ({@link dev.kindling.optim.Schedule}), and every
 * default. "Ensures convergence" is therefore claimed for nothing here but where a bound is written
 * down with its assumptions.
 *
 * <p>From other papers, each named at its class: Jacobs' rule, hypergradient descent, DoG,
 * Schedule-Free, Mechanic, Prodigy.
 *
 * <p>A step takes a few passes over the weights on the calling thread and allocates nothing. Sums
 * are taken in an order of their own, so that a step gives the same bits on any machine.
 */
package dev.kindling.optim;
