package dev.kindling.data.table;

import dev.kindling.data.DamagedGzip;
import dev.kindling.data.Rejected;
import java.io.Serializable;

/**
 * What the first pass learns of a part of a table, small enough for the driver.
 *
 * <p>An ordinary class and no record: results of tasks travel through {@code spark.serializer}, and
 * Kryo cannot set the fields of records.
 */
final class Survey implements Serializable {
  private long units;
  private long rows;
  private long sparseRows;
  private long sparseNumbers;
  private int largestIndex = -1;
  private boolean idsAreLongs = true;
  private LabelSet labels = new LabelSet();
  private String failure;
  private boolean wholeFile;

  void add(TableRow row, boolean labelled) throws Rejected {
    rows++;
    idsAreLongs = idsAreLongs && (row.id == null || NumberText.isLong(row.id));
    if (row.indices != null) {
      sparseRows++;
      sparseNumbers += row.indices.length;
    }
    if (row.indices != null && row.indices.length > 0) {
      largestIndex = Math.max(largestIndex, row.indices[row.indices.length - 1]);
    }
    if (labelled) {
      labels.add(row);
    }
  }

  /** Lines or rows that were begun; the last of them is to blame when there is a failure. */
  void end(long units) {
    this.units = units;
  }

  void fail(Rejected cause) {
    failure = cause.getMessage();
    wholeFile = cause.wholeFile();
  }

  void fail(DamagedGzip cause) {
    failure = cause.getMessage();
    wholeFile = true;
  }

  void addAll(Survey other) {
    rows += other.rows;
    sparseRows += other.sparseRows;
    sparseNumbers += other.sparseNumbers;
    largestIndex = Math.max(largestIndex, other.largestIndex);
    idsAreLongs &= other.idsAreLongs;
    labels.addAll(other.labels);
  }

  /**
   * Numbers that the rows hold: of sparse rows those that stand there.
   *
   * @param features d
   */
  long numbers(int features) {
    return sparseNumbers + (rows - sparseRows) * features;
  }

  /** Why the part cannot be used, without file and line; null when all is well. */
  String failure() {
    return failure;
  }

  boolean wholeFile() {
    return wholeFile;
  }

  long units() {
    return units;
  }

  long rows() {
    return rows;
  }

  /** 0-based index of the last feature met in sparse rows, or −1. */
  int largestIndex() {
    return largestIndex;
  }

  boolean idsAreLongs() {
    return idsAreLongs;
  }

  LabelSet labels() {
    return labels;
  }
}
