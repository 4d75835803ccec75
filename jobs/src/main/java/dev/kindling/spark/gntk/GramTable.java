package dev.kindling.spark.gntk;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.CsvExport;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableRows;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.io.Writer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * The table {@code gram}: the upper triangle with its diagonal, each entry once. A file a tile of
 * graph blocks; in it a row has the graph, the column of its first value, and the values from there
 * to the tile's end.
 */
final class GramTable implements Serializable {
  private static final long serialVersionUID = 1L;

  static final TableSchema SCHEMA =
      TableSchema.empty()
          .with("row", Kind.LONG)
          .with("first_column", Kind.LONG)
          .with("values", Kind.DOUBLES);

  private final Table table;
  private final GraphBlocks.Layout layout;

  /** What to call the run that it was given by, or null for one of this run. */
  private final String given;

  GramTable(Table table, GraphBlocks.Layout layout) {
    this(table, layout, null);
  }

  private GramTable(Table table, GraphBlocks.Layout layout, String given) {
    this.table = table;
    this.layout = layout;
    this.given = given;
  }

  /** One of an earlier run, whose damage is bad input. */
  static GramTable of(Table table, GraphBlocks.Layout layout, String given) {
    return new GramTable(table, layout, given);
  }

  /** A part of a row of the upper triangle. */
  interface Visitor {
    void visit(int row, int firstColumn, double[] values);
  }

  private static String name(int rowBlock, int columnBlock) {
    return Words.of("tile-%05d-%05d", rowBlock, columnBlock);
  }

  /** Whether all tiles of a block column are written. The last one written is the diagonal's. */
  boolean hasColumn(int column) {
    for (int i = column; i >= 0; i--) {
      if (!hasTile(i, column)) {
        return false;
      }
    }
    return true;
  }

  boolean hasTile(int rowBlock, int columnBlock) {
    return table.has(name(rowBlock, columnBlock));
  }

  /**
   * @param sums rows × columns, row-major. Not modified
   */
  void write(int rowBlock, int columnBlock, double[] sums, double factor) {
    int rows = layout.length(rowBlock);
    int columns = layout.length(columnBlock);
    boolean diagonal = rowBlock == columnBlock;
    if (hasTile(rowBlock, columnBlock)) {
      return; // of a run that was resumed
    }
    table.write(
        name(rowBlock, columnBlock),
        new Iterator<>() {
          private int row;

          @Override
          public boolean hasNext() {
            return row < rows;
          }

          @Override
          public Object[] next() {
            int from = diagonal ? row : 0;
            double[] values = Arrays.copyOfRange(sums, row * columns + from, (row + 1) * columns);
            for (int j = 0; j < values.length; j++) {
              values[j] *= factor;
            }
            return new Object[] {
              (long) layout.first(rowBlock) + row++, (long) layout.first(columnBlock) + from, values
            };
          }
        });
  }

  /**
   * Reads one tile.
   *
   * @throws BadInput if an earlier run's is damaged
   */
  void read(int rowBlock, int columnBlock, Visitor visitor) {
    Path file = table.file(name(rowBlock, columnBlock));
    int[] next = {layout.first(rowBlock)};
    try {
      TableRows.read(
          table.conf(),
          file,
          SCHEMA,
          row -> {
            int at = next[0]++;
            double[] values = (double[]) row[2];
            check(rowBlock, columnBlock, at, row, values);
            visitor.visit(at, Math.toIntExact((Long) row[1]), values);
          });
      if (next[0] != layout.first(rowBlock) + layout.length(rowBlock)) {
        throw new IOException("the tile ends before row " + next[0]);
      }
    } catch (IOException | RuntimeException e) {
      if (given != null) {
        throw BadInput.of(
            e,
            "%s: %s of its Gram matrix is damaged: %s; run the kernel again",
            given,
            name(rowBlock, columnBlock),
            e.getMessage());
      }
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  private void check(int rowBlock, int columnBlock, int at, Object[] row, double[] values)
      throws IllegalArgumentException {
    long first = rowBlock == columnBlock ? at : layout.first(columnBlock);
    long end = layout.first(columnBlock) + (long) layout.length(columnBlock);
    boolean fits = row[0].equals((long) at) && row[1].equals(first) && first + values.length == end;
    for (int k = 0; fits && k < values.length; k++) {
      fits = Double.isFinite(values[k]);
    }
    if (!fits) {
      throw new IllegalArgumentException("row " + at + " is not as it was written");
    }
  }

  GraphBlocks.Layout layout() {
    return layout;
  }

  /**
   * All of a tile, wherever it stands, row-major.
   *
   * @throws BadInput if an earlier run's is damaged
   */
  double[] tile(int rowBlock, int columnBlock) {
    int width = layout.length(columnBlock);
    int top = layout.first(rowBlock);
    int left = layout.first(columnBlock);
    double[] tile = new double[layout.length(rowBlock) * width];
    boolean mirrored = rowBlock > columnBlock;
    read(
        Math.min(rowBlock, columnBlock),
        Math.max(rowBlock, columnBlock),
        (row, first, values) -> {
          for (int k = 0; k < values.length; k++) {
            if (!mirrored) {
              tile[(row - top) * width + first + k - left] = values[k];
            }
            if (mirrored || rowBlock == columnBlock) {
              tile[(first + k - top) * width + row - left] = values[k];
            }
          }
        });
    return tile;
  }

  /** √K(g, g) of all graphs, on the driver. */
  double[] lengths(JavaSparkContext spark) {
    double[] lengths = new double[layout.graphs()];
    spark
        .parallelize(IntStream.range(0, layout.blocks()).boxed().toList(), layout.blocks())
        .mapToPair(block -> new Tuple2<>(block, diagonal(block)))
        .collect()
        .forEach(
            part ->
                System.arraycopy(part._2(), 0, lengths, layout.first(part._1()), part._2().length));
    Arrays.setAll(lengths, i -> Math.sqrt(lengths[i]));
    return lengths;
  }

  private double[] diagonal(int block) {
    double[] diagonal = new double[layout.length(block)];
    read(block, block, (row, column, values) -> diagonal[row - layout.first(block)] = values[0]);
    return diagonal;
  }

  /** The whole matrix, both triangles: 8 n² bytes. */
  Matrix matrix() {
    int n = layout.graphs();
    Matrix matrix = Matrix.zeros(n, n);
    double[] entries = matrix.values();
    for (int j = 0; j < layout.blocks(); j++) {
      for (int i = 0; i <= j; i++) {
        read(
            i,
            j,
            (row, first, values) -> {
              for (int k = 0; k < values.length; k++) {
                entries[(first + k) * n + row] = values[k];
                entries[row * n + first + k] = values[k];
              }
            });
      }
    }
    return matrix;
  }

  /** n×n as text without a header. Holds a block row at a time: 8 · n · 1024 bytes at the most. */
  void exportCsv(Path file) {
    int n = layout.graphs();
    try (Writer out = CsvExport.writer(table.conf(), file)) {
      StringBuilder line = new StringBuilder();
      for (int b = 0; b < layout.blocks(); b++) {
        double[][] rows = blockRow(b);
        for (double[] row : rows) {
          line.setLength(0);
          for (int j = 0; j < n; j++) {
            line.append(j == 0 ? "" : ",").append(row[j]);
          }
          out.append(line.append('\n'));
        }
      }
    } catch (IOException e) {
      throw new JobFailure(file + ": " + e.getMessage(), e);
    }
  }

  private double[][] blockRow(int block) {
    int begin = layout.first(block);
    double[][] rows = new double[layout.length(block)][layout.graphs()];
    for (int other = 0; other < layout.blocks(); other++) {
      read(
          Math.min(block, other),
          Math.max(block, other),
          (row, first, values) -> {
            for (int k = 0; k < values.length; k++) {
              if (row >= begin && row < begin + rows.length) {
                rows[row - begin][first + k] = values[k];
              }
              if (first + k >= begin && first + k < begin + rows.length) {
                rows[first + k - begin][row] = values[k];
              }
            }
          });
    }
    return rows;
  }
}
