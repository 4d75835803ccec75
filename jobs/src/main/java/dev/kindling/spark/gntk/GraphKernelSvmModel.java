package dev.kindling.spark.gntk;

import org.apache.spark.ml.util.MLReader;

/** A fitted {@link GraphKernelSvm}. */
public final class GraphKernelSvmModel extends GraphKernelModel<GraphKernelSvmModel> {
  private static final long serialVersionUID = 1L;

  GraphKernelSvmModel(String uid, Content content) {
    super(uid, content, GraphKernelSettings.OF_SVM);
  }

  /** The cost C of the fit. */
  public double cost() {
    return parameter();
  }

  public String getCost() {
    return value(GraphKernelSettings.COST);
  }

  public String getClassWeights() {
    return text(GraphKernelSettings.CLASS_WEIGHTS);
  }

  public double getTube() {
    return value(GraphKernelSettings.TUBE);
  }

  @Override
  GraphKernelSvmModel bare(Content content) {
    return new GraphKernelSvmModel(uid(), content);
  }

  @Override
  String parameterName() {
    return "cost";
  }

  public static MLReader<GraphKernelSvmModel> read() {
    return new GraphKernelModelFiles.Reader<>(GraphKernelSvmModel.class, GraphKernelSvmModel::new);
  }

  public static GraphKernelSvmModel load(String path) {
    return read().load(path);
  }
}
