package dev.kindling.spark.train;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Accessors of {@link TrainParams}, as spark.ml looks for them, and setters that give back the
 * stage.
 *
 * @param <E> the stage
 */
public interface WithTrainParams<E> extends Params {
  TrainParams shared();

  /** This, as its own class. */
  E self();

  default Param<String> weightCol() {
    return shared().weightCol;
  }

  default IntArrayParam hiddenLayers() {
    return shared().hiddenLayers;
  }

  default Param<String> activation() {
    return shared().activation;
  }

  default Param<String> optimizer() {
    return shared().optimizer;
  }

  default Param<String> schedule() {
    return shared().schedule;
  }

  default DoubleParam stepSize() {
    return shared().stepSize;
  }

  default DoubleParam kappa() {
    return shared().kappa;
  }

  default DoubleParam theta() {
    return shared().theta;
  }

  default DoubleParam phi() {
    return shared().phi;
  }

  default Param<String> signal() {
    return shared().signal;
  }

  default Param<String> group() {
    return shared().group;
  }

  default BooleanParam lossRegret() {
    return shared().lossRegret;
  }

  default IntParam batchSize() {
    return shared().batchSize;
  }

  default DoubleParam maxIter() {
    return shared().maxIter;
  }

  default IntParam localSteps() {
    return shared().localSteps;
  }

  default IntParam localWorkers() {
    return shared().localWorkers;
  }

  default DoubleParam regParam() {
    return shared().regParam;
  }

  default DoubleParam weightDecay() {
    return shared().weightDecay;
  }

  default DoubleParam clip() {
    return shared().clip;
  }

  default DoubleParam dropout() {
    return shared().dropout;
  }

  default DoubleParam validationFraction() {
    return shared().validationFraction;
  }

  default IntParam earlyStop() {
    return shared().earlyStop;
  }

  /** Its default is 2 under rdbd; other schedules have none. */
  default IntParam plateau() {
    return shared().plateau;
  }

  default BooleanParam standardization() {
    return shared().standardization;
  }

  default Param<String> precision() {
    return shared().precision;
  }

  default Param<String> stepsOn() {
    return shared().stepsOn;
  }

  default LongParam seed() {
    return shared().seed;
  }

  /** Column with the weight of a row. */
  default E setWeightCol(String value) {
    set(shared().weightCol, value);
    return self();
  }

  /** Units of each hidden layer; none: a linear model. */
  default E setHiddenLayers(int[] value) {
    set(shared().hiddenLayers, value);
    return self();
  }

  default E setActivation(String value) {
    set(shared().activation, value);
    return self();
  }

  default E setOptimizer(String value) {
    set(shared().optimizer, value);
    return self();
  }

  default E setSchedule(String value) {
    set(shared().schedule, value);
    return self();
  }

  /** The learning rate to start from; 0, the default: the optimizer's own. */
  default E setStepSize(double value) {
    set(shared().stepSize, value);
    return self();
  }

  default E setKappa(double value) {
    set(shared().kappa, value);
    return self();
  }

  default E setTheta(double value) {
    set(shared().theta, value);
    return self();
  }

  default E setPhi(double value) {
    set(shared().phi, value);
    return self();
  }

  default E setSignal(String value) {
    set(shared().signal, value);
    return self();
  }

  default E setGroup(String value) {
    set(shared().group, value);
    return self();
  }

  default E setLossRegret(boolean value) {
    set(shared().lossRegret, value);
    return self();
  }

  /** Rows of a batch; 0, the default: by the number of rows. */
  default E setBatchSize(int value) {
    set(shared().batchSize, value);
    return self();
  }

  /** Passes over the rows. */
  default E setMaxIter(double value) {
    set(shared().maxIter, value);
    return self();
  }

  default E setLocalSteps(int value) {
    set(shared().localSteps, value);
    return self();
  }

  default E setLocalWorkers(int value) {
    set(shared().localWorkers, value);
    return self();
  }

  default E setRegParam(double value) {
    set(shared().regParam, value);
    return self();
  }

  default E setWeightDecay(double value) {
    set(shared().weightDecay, value);
    return self();
  }

  /** Longest gradient; 0, the default: any length. */
  default E setClip(double value) {
    set(shared().clip, value);
    return self();
  }

  default E setDropout(double value) {
    set(shared().dropout, value);
    return self();
  }

  default E setValidationFraction(double value) {
    set(shared().validationFraction, value);
    return self();
  }

  default E setEarlyStop(int value) {
    set(shared().earlyStop, value);
    return self();
  }

  default E setPlateau(int value) {
    set(shared().plateau, value);
    return self();
  }

  default E setStandardization(boolean value) {
    set(shared().standardization, value);
    return self();
  }

  default E setPrecision(String value) {
    set(shared().precision, value);
    return self();
  }

  /** Where batches are gone through: auto, driver or executors; the bits are the same. */
  default E setStepsOn(String value) {
    set(shared().stepsOn, value);
    return self();
  }

  default E setSeed(long value) {
    set(shared().seed, value);
    return self();
  }
}
