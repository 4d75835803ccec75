package dev.kindling.spark.cli;

import dev.kindling.Words;
import dev.kindling.block.Moments;
import dev.kindling.data.table.NumericTable;
import dev.kindling.spark.job.BlockMerge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** A numeric table in lines for a reader: its size, its columns, its classes. */
final class TableDescription {
  /** Columns and classes that are shown. */
  static final int SHOWN = 20;

  /** Rows of a fixed block, which one task sums in their order. */
  private static final int BLOCK = 4096;

  private final NumericTable table;
  private final List<String> columns = new ArrayList<>();
  private final List<String> scalars = new ArrayList<>();

  TableDescription(NumericTable table) {
    this.table = table;
    columns.addAll(table.featureNames().subList(0, Math.min(SHOWN, table.numFeatures())));
    for (String scalar : List.of("target", "weight")) {
      if (List.of(table.rows().columns()).contains(scalar)) {
        scalars.add(scalar);
      }
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line("table", table.source() + ", " + table.format()));
    lines.add(line("rows", Words.of("%,d", table.numRows())));
    lines.add(line("features", Words.of("%,d", table.numFeatures())));
    lines.add(line("fingerprint", table.fingerprint()));
    lines.add("");
    addColumns(lines);
    table.labels().ifPresent(labels -> addClasses(lines, labels.classes()));
    return lines;
  }

  static String line(String name, String value) {
    return Words.of("%-12s %s", name, value);
  }

  private void addColumns(List<String> lines) {
    int features = columns.size();
    Moments moments = moments(features);
    List<String> names = new ArrayList<>(columns);
    names.addAll(scalars);
    int width = Math.max(6, names.stream().mapToInt(String::length).max().orElse(0));
    String row = "%-" + width + "s %14s %20s %14s %14s";
    lines.add(Words.of(row, "column", "mean", "standard deviation", "min", "max"));
    for (int j = 0; j < names.size(); j++) {
      if (j == features) {
        addMore(lines, table.numFeatures() - features, "features");
      }
      double deviation = moments.standardDeviation(j);
      lines.add(
          Words.of(
              row,
              names.get(j),
              number(moments.mean(j)),
              Double.isNaN(deviation) ? "–" : number(deviation),
              number(moments.min(j)),
              number(moments.max(j))));
    }
    if (scalars.isEmpty()) {
      addMore(lines, table.numFeatures() - features, "features");
    }
  }

  private void addClasses(List<String> lines, List<String> classes) {
    long[] counts = new long[classes.size()];
    for (Row row : table.rows().groupBy("label").count().collectAsList()) {
      counts[(int) row.getDouble(0)] = row.getLong(1);
    }
    lines.add("");
    lines.add(Words.of("%-14s %14s", "class", "rows"));
    for (int c = 0; c < Math.min(SHOWN, counts.length); c++) {
      lines.add(Words.of("%-14s %,14d", classes.get(c), counts[c]));
    }
    addMore(lines, counts.length - SHOWN, "classes");
  }

  static void addMore(List<String> lines, int more, String what) {
    if (more > 0) {
      lines.add(Words.of("… and %,d more %s", more, what));
    }
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Words.of("%.0f", value)
        : Words.of("%.6g", value);
  }

  /** Over blocks of rows and a fixed tree, so that the figures do not depend on the partitions. */
  private Moments moments(int features) {
    int width = features + scalars.size();
    List<String> names = List.copyOf(scalars);
    JavaPairRDD<Integer, Moments> blocks =
        table
            .rows()
            .javaRDD()
            .mapToPair(row -> new Tuple2<>(block(row), numbers(row, features, names)))
            .groupByKey()
            .mapValues(rows -> moments(rows, width));
    int count = Math.toIntExact((table.numRows() + BLOCK - 1) / BLOCK);
    return BlockMerge.merge(blocks, count, Moments::merge);
  }

  private static int block(Row row) {
    return Math.toIntExact(row.<Long>getAs("row") / BLOCK);
  }

  /** The row's place in its block, then its numbers. */
  private static double[] numbers(Row row, int features, List<String> scalars) {
    double[] numbers = new double[1 + features + scalars.size()];
    numbers[0] = row.<Long>getAs("row") % BLOCK;
    Vector vector = row.getAs("features");
    for (int j = 0; j < features; j++) {
      numbers[1 + j] = vector.apply(j);
    }
    for (int j = 0; j < scalars.size(); j++) {
      numbers[1 + features + j] = row.<Double>getAs(scalars.get(j));
    }
    return numbers;
  }

  private static Moments moments(Iterable<double[]> rows, int width) {
    List<double[]> sorted = new ArrayList<>();
    rows.forEach(sorted::add);
    sorted.sort(Comparator.comparingDouble(row -> row[0]));
    Moments moments = new Moments(width);
    sorted.forEach(row -> moments.add(row, 1));
    return moments;
  }
}
