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
public interface WithNeighborParams<E> extends Params {
  NeighborParams shared();

  /** This, as its own class. */
  E self();

  default Param<String> featuresCol() {
    return shared().featuresCol;
  }

  default Param<String> idCol() {
    return shared().idCol;
  }

  default Param<String> labelCol() {
    return shared().labelCol;
  }

  default Param<String> neighborsCol() {
    return shared().neighborsCol;
  }

  default Param<String> predictionCol() {
    return shared().predictionCol;
  }

  default Param<String> metric() {
    return shared().metric;
  }

  default IntParam k() {
    return shared().k;
  }

  default DoubleParam radius() {
    return shared().radius;
  }

  default LongParam seed() {
    return shared().seed;
  }

  /** Column with points, of those that are fitted and those that ask. */
  default E setFeaturesCol(String value) {
    set(shared().featuresCol, value);
    return self();
  }

  /** Column that names the points: whole numbers or strings; empty, the default: row numbers. */
  default E setIdCol(String value) {
    set(shared().idCol, value);
    return self();
  }

  /** Column with the points' classes: 0, 1, …; empty, the default: none. */
  default E setLabelCol(String value) {
    set(shared().labelCol, value);
    return self();
  }

  /** Column for the neighbours. */
  default E setNeighborsCol(String value) {
    set(shared().neighborsCol, value);
    return self();
  }

  /** Column for the class of most neighbours. */
  default E setPredictionCol(String value) {
    set(shared().predictionCol, value);
    return self();
  }

  /**
   * identity (the default), estimate:ledoit-wolf, factor:FILE, …: the words of {@code --metric}.
   */
  default E setMetric(String value) {
    set(shared().metric, value);
    return self();
  }

  /** At most so many neighbours; default 10. */
  default E setK(int value) {
    set(shared().k, value);
    return self();
  }

  /** None beyond it; default infinite. */
  default E setRadius(double value) {
    set(shared().radius, value);
    return self();
  }

  /** Of estimate:mcd. */
  default E setSeed(long value) {
    set(shared().seed, value);
    return self();
  }
}
