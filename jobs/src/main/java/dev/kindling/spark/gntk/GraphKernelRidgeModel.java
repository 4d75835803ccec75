package dev.kindling.spark.gntk;

import org.apache.spark.ml.util.MLReader;

/** A fitted {@link GraphKernelRidge}. */
public final class GraphKernelRidgeModel extends GraphKernelModel<GraphKernelRidgeModel>
    implements LandmarkParams {
  private static final long serialVersionUID = 1L;

  GraphKernelRidgeModel(String uid, Content content) {
    super(uid, content, GraphKernelSettings.OF_LANDMARKS.and(GraphKernelSettings.OF_RIDGE));
  }

  /** The penalty λ of the fit. */
  public double lambda() {
    return parameter();
  }

  public double getRegParam() {
    return value(GraphKernelSettings.REG_PARAM);
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
