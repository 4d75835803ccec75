package dev.kindling.spark.train;

/** Sets every Param of a stage to another value than its default. */
final class AllParams {
  private AllParams() {}

  static <E extends TrainParams.Set<E>> E changed(E stage) {
    return stage
        .setWeightCol("weight")
        .setHiddenLayers(new int[] {7, 3})
        .setActivation("gelu")
        .setOptimizer("adamw")
        .setSchedule("dbd")
        .setStepSize(0.002)
        .setKappa(0.03)
        .setTheta(0.9)
        .setPhi(0.2)
        .setSignal("sign")
        .setGroup("layer")
        .setLossRegret(true)
        .setBatchSize(50)
        .setMaxIter(3)
        .setLocalSteps(2)
        .setLocalWorkers(3)
        .setRegParam(0.01)
        .setWeightDecay(0.02)
        .setClip(2)
        .setDropout(0.1)
        .setValidationFraction(0.2)
        .setEarlyStop(4)
        .setPlateau(3)
        .setStandardization(false)
        .setPrecision("double")
        .setStepsOn("executors")
        .setBeta(0.002)
        .setMinStepSize(1e-6)
        .setMaxStepSize(2)
        .setDelayed(true)
        .setWarmUp(5)
        .setClassWeights("balanced")
        .setInitialModel("elsewhere/model")
        .setSeed(7);
  }
}
