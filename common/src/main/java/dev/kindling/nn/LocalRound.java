package dev.kindling.nn;

import java.io.Serializable;
import java.util.List;

/**
 * Steps that workers take by themselves before their weights are averaged (local SGD, Stich 2019).
 *
 * @param weights from which all begin
 * @param rates learning rate of each group
 * @param optimizer state of the optimizer, from which all begin
 * @param batches of each step; a worker takes the pieces of its own blocks
 * @param firstStep number of the first step
 */
public record LocalRound(
    double[] weights, double[] rates, byte[] optimizer, List<List<Piece>> batches, long firstStep)
    implements Serializable {}
