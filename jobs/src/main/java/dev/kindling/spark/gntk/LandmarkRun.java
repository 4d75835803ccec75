package dev.kindling.spark.gntk;

import dev.kindling.Words;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Pieces;
import dev.kindling.gntk.TrainedColors;
import dev.kindling.kernel.KernelFunction;
import dev.kindling.kernel.Normalization;
import dev.kindling.linalg.Matrix;
import dev.kindling.ridge.RidgeValidation;
import dev.kindling.spark.job.Outcome;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.job.Table;
import dev.kindling.validation.Folds;
import java.util.stream.IntStream;

/** The part of a {@code gntk} run that {@code --landmarks} has in the place of the Gram matrix. */
final class LandmarkRun {
  private final Run run;
  private final GntkOptions options;
  private final LandmarkOptions landmarkOptions;
  private final GraphSet set;
  private final GraphBlocks blocks;
  private final GraphLabels labels;
  private final Folds folds;

  /**
   * @param labels null: nothing is learnt
   * @param folds null where labels are
   */
  LandmarkRun(
      Run run,
      GntkOptions options,
      LandmarkOptions landmarkOptions,
      GraphSet set,
      GraphBlocks blocks,
      GraphLabels labels,
      Folds folds) {
    this.run = run;
    this.options = options;
    this.landmarkOptions = landmarkOptions;
    this.set = set;
    this.blocks = blocks;
    this.labels = labels;
    this.folds = folds;
  }

  /**
   * Computes, learns, and writes all tables.
   *
   * @return what was learnt, or null
   */
  Fitted go(GntkReport report) {
    GntkParameters parameters = options.parameters();
    landmarkOptions.check(set.summary().graphs(), set.name());
    boolean attributes = options.nodeLabels().needsAttributes();
    int passes = landmarkOptions.by() == LandmarkOptions.By.leverage ? 2 : 1;
    EngineChoice engine =
        EngineChoice.landmarks(
            options.engine(),
            blocks,
            set.summary(),
            parameters,
            attributes,
            (double) passes * landmarkOptions.count());
    run.explain(
        GntkPlanner.landmarks(
            run.context(),
            set.summary(),
            parameters,
            blocks.layout(),
            engine,
            landmarkOptions,
            folds == null ? -1 : folds.count()));
    run.metric("engine", engine.engine().name());
    NystromKernel kernel =
        new NystromKernel(
            run.context(),
            parameters,
            GntkJob.files(run),
            blocks,
            engine.engine() == GntkOptions.Engine.dense,
            options.normalization(),
            run.blas());
    Table graphs = run.table("graphs", GntkJob.GRAPHS);
    run.stage(
        "sides",
        () -> {
          blocks.rdd().foreach(b -> graphs.write(b._1(), GntkKernel.rows(b._2())));
          kernel.sides();
        });
    Landmarks landmarks =
        run.stage(
            "landmarks",
            () -> kernel.choose(landmarkOptions.by(), landmarkOptions.count(), run.seed()),
            chosen -> Words.of("%,d", chosen.count()));
    run.table(
        "landmarks",
        NystromKernel.LANDMARKS,
        IntStream.range(0, landmarks.count())
            .mapToObj(l -> new Object[] {(long) landmarks.rows()[l], landmarks.records()[l].id()})
            .iterator());
    LandmarkColumns columns =
        run.stage("columns", () -> kernel.columns(landmarks, landmarkOptions.pieces()));
    NystromFeatures features =
        run.stage(
            "features",
            () -> kernel.features(columns, landmarkOptions.features(), run.seed()),
            f -> Words.of("%,d", f.rank()));
    Table table = run.table("features", NystromKernel.FEATURES);
    double trace = run.stage("table", () -> kernel.write(features, table));
    NystromKernel.Error error = run.stage("error", () -> kernel.error(features, run.seed()));
    run.outcome(
        Outcome.of(
                Words.of(
                    "Nyström approximation by %,d landmarks (%s)",
                    landmarks.count(), landmarkOptions.by()))
            .record("landmarks", landmarks.count())
            .count("features", features.rank())
            .percent("trace_kept", trace)
            .figure(
                "relative_error",
                error.relative(),
                "%.2g",
                Words.of("on %,d random pairs", error.pairs()))
            .record("largest_error", error.largest()));
    report.approximated(
        new LandmarkPage(
            landmarkOptions.by(),
            landmarks.count(),
            features,
            parameters.blocks() + 1 - parameters.parts(),
            trace,
            error));
    Fitted fitted = labels == null ? null : learn(landmarks, features, report);
    neighbors(features);
    return fitted;
  }

  private void neighbors(NystromFeatures features) {
    if (options.neighbors().isEmpty()) {
      return;
    }
    Table table = run.table("neighbors", Neighbors.SCHEMA);
    run.stage(
        "neighbors",
        () ->
            new Neighbors(run.context(), blocks, options.neighbors().get())
                .write(Neighbors.of(features), table));
  }

  /** A function of the kernel to the landmarks, and its penalty. */
  record Fitted(TrainedColors trained, double lambda) {}

  private Fitted learn(Landmarks landmarks, NystromFeatures features, GntkReport report) {
    Matrix targets = labels.targets();
    RidgeValidation result =
        run.stage(
            "ridge",
            () ->
                new LandmarkRidge(run.context(), features, targets, labels.score())
                    .validate(folds));
    new RidgeLearned(result).publish(run, labels, folds, options, report);
    return new Fitted(
        trained(
            landmarks,
            features.pieces(),
            result.model(),
            options.normalization(),
            options.parameters()),
        result.model().parameter());
  }

  /**
   * @param learned with coefficients a piece of a landmark, part of the kernel after part
   */
  static TrainedColors trained(
      Landmarks landmarks,
      Pieces pieces,
      KernelFunction learned,
      Normalization normalization,
      GntkParameters parameters) {
    Matrix weights = learned.coefficients();
    double[][][] coefficients = new double[parameters.parts()][][];
    int first = 0;
    for (int part = 0; part < coefficients.length; part++) {
      int width = landmarks.count() * pieces.count(part);
      coefficients[part] = new double[width][weights.cols()];
      for (int l = 0; l < width; l++) {
        for (int c = 0; c < weights.cols(); c++) {
          coefficients[part][l][c] = weights.get(first + l, c);
        }
      }
      first += width;
    }
    return TrainedColors.of(
        landmarks.graphs(),
        pieces,
        coefficients,
        learned.intercept().values(),
        normalization == Normalization.COSINE,
        parameters);
  }
}
