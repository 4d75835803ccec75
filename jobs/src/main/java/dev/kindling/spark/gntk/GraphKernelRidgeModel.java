package dev.kindling.spark.gntk;

import org.apache.spark.ml.util.MLReader;

/** A fitted {@link GraphKernelRidge}. */
public final class GraphKernelRidgeModel extends GraphKernelModel<GraphKernelRidgeModel> {
  private static final long serialVersionUID = 1L;

  GraphKernelRidgeModel(String uid, Content content) {
    super(uid, content);
  }

  /** The penalty λ of the fit. */
  public double lambda() {
    return parameter();
  }

  @Override
  GraphKernelRidgeModel bare(Content content) {
    return new GraphKernelRidgeModel(uid(), content);
  }

  @Override
  String parameterName() {
    return "lambda";
  }

  public static MLReader<GraphKernelRidgeModel> read() {
    return new GraphKernelModelFiles.Reader<>(
        GraphKernelRidgeModel.class, GraphKernelRidgeModel::new);
  }

  public static GraphKernelRidgeModel load(String path) {
    return read().load(path);
  }
}
