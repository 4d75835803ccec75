package dev.kindling.spark.ade;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Accessors of the Params, as spark.ml looks for them, and setters that give back the stage.
 *
 * @param <E> the stage
 */
public interface WithMetricParams<E> extends Params {
  MetricParams shared();

  /** This, as its own class. */
  E self();

  default Param<String> featuresCol() {
    return shared().featuresCol;
  }

  default Param<String> labelCol() {
    return shared().labelCol;
  }

  default Param<String> outputCol() {
    return shared().outputCol;
  }

  default Param<String> learner() {
    return shared().learner;
  }

  default IntParam maxIter() {
    return shared().maxIter;
  }

  default IntParam rank() {
    return shared().rank;
  }

  default IntParam neighbors() {
    return shared().neighbors;
  }

  default DoubleParam push() {
    return shared().push;
  }

  default DoubleParam shrink() {
    return shared().shrink;
  }

  default IntParam numPairs() {
    return shared().numPairs;
  }

  default IntParam sweeps() {
    return shared().sweeps;
  }

  default DoubleParam upper() {
    return shared().upper;
  }

  default DoubleParam lower() {
    return shared().lower;
  }

  default DoubleParam gamma() {
    return shared().gamma;
  }

  default DoubleParam scale() {
    return shared().scale;
  }

  default LongParam seed() {
    return shared().seed;
  }

  /** Column with the points. */
  default E setFeaturesCol(String value) {
    set(shared().featuresCol, value);
    return self();
  }

  /** Column with the classes: 0, 1, … */
  default E setLabelCol(String value) {
    set(shared().labelCol, value);
    return self();
  }

  /** Column for Ux. */
  default E setOutputCol(String value) {
    set(shared().outputCol, value);
    return self();
  }

  /** rca, nca (the default), lmnn, or itml and pola with pairs drawn from the labels. */
  default E setLearner(String value) {
    set(shared().learner, value);
    return self();
  }

  /** Steps of nca, rounds of lmnn; 0, the default: 100 and 50. */
  default E setMaxIter(int value) {
    set(shared().maxIter, value);
    return self();
  }

  /** Rows of U, for nca; 0, the default: one a feature. */
  default E setRank(int value) {
    set(shared().rank, value);
    return self();
  }

  /** Target neighbours of each point, for lmnn. */
  default E setNeighbors(int value) {
    set(shared().neighbors, value);
    return self();
  }

  default E setPush(double value) {
    set(shared().push, value);
    return self();
  }

  default E setShrink(double value) {
    set(shared().shrink, value);
    return self();
  }

  /** Pairs drawn from the labels, for itml and pola; 0, the default: by the number of classes. */
  default E setNumPairs(int value) {
    set(shared().numPairs, value);
    return self();
  }

  default E setSweeps(int value) {
    set(shared().sweeps, value);
    return self();
  }

  /** Bound of similar points, for itml; 0, the default: from the data. */
  default E setUpper(double value) {
    set(shared().upper, value);
    return self();
  }

  /** Bound of others, for itml; 0, the default: from the data. */
  default E setLower(double value) {
    set(shared().lower, value);
    return self();
  }

  default E setGamma(double value) {
    set(shared().gamma, value);
    return self();
  }

  default E setScale(double value) {
    set(shared().scale, value);
    return self();
  }

  default E setSeed(long value) {
    set(shared().seed, value);
    return self();
  }
}
