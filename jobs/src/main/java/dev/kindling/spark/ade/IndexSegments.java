package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.ade.IndexManifest.Segment;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableRows;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Points in the files of an index: Parquet with id, label and features, some blocks a file.
 *
 * @param classes how many there are; 0 for none, when every label is 0
 */
record IndexSegments(Table table, int dimension, boolean inWords, int classes)
    implements Serializable {
  /** Of a file, about: an update rewrites the files of the points that change. */
  private static final long BYTES = 16L << 20;

  /** Those of an epoch. */
  static IndexSegments of(IndexFolder folder, IndexManifest epoch) {
    return of(folder, epoch.dimension(), epoch.namedInWords(), epoch.classes().size());
  }

  static IndexSegments of(IndexFolder folder, int dimension, boolean inWords, int classes) {
    TableSchema schema =
        TableSchema.empty()
            .with("id", RowNames.kind(inWords))
            .with("label", Kind.LONG)
            .with("features", Kind.DOUBLES);
    return new IndexSegments(folder.points(schema), dimension, inWords, classes);
  }

  /** Blocks of a file. */
  static int blocks(int dimension) {
    return (int) Math.max(1, BYTES / ((long) Double.BYTES * dimension * PointBlock.ROWS));
  }

  /** A name for the file that begins with a row. */
  static String name(int epoch, String update, long firstRow) {
    return Words.of("%09d-%s%013d", epoch, update.isEmpty() ? "" : update + "-", firstRow);
  }

  /** Whether a file is, by its name, of a later epoch, finished or not. */
  static boolean isAfter(String file, int epoch) {
    String name = file.replaceFirst("^[._]+", "");
    return name.matches("\\d{9}-.*") && Integer.parseInt(name.substring(0, 9)) > epoch;
  }

  /**
   * Writes all blocks, {@link #blocks} of a partition to a file.
   *
   * @param points neighbouring blocks in one partition
   */
  List<Segment> write(PointBlocks points, int epoch, String update) {
    IndexSegments self = this;
    int most = blocks(dimension);
    List<Segment> segments =
        new ArrayList<>(
            points
                .blocks()
                .mapPartitions(
                    blocks -> {
                      List<Segment> written = new ArrayList<>();
                      List<PointBlock> some = new ArrayList<>();
                      while (blocks.hasNext()) {
                        some.add(blocks.next());
                        if (some.size() == most || !blocks.hasNext()) {
                          String name = name(epoch, update, some.get(0).firstRow());
                          written.add(self.write(name, some));
                          some.clear();
                        }
                      }
                      return written.iterator();
                    })
                .collect());
    segments.sort(Comparator.comparingLong(Segment::firstRow));
    return segments;
  }

  /** Writes one file. */
  Segment write(String name, List<PointBlock> blocks) {
    table.write(
        name,
        blocks.stream()
            .flatMap(
                block ->
                    IntStream.range(0, block.rows())
                        .mapToObj(
                            i ->
                                new Object[] {
                                  block.names().get(i), block.labels()[i], block.point(i)
                                }))
            .iterator());
    return new Segment(
        name, blocks.get(0).firstRow(), blocks.stream().mapToInt(PointBlock::rows).sum());
  }

  /**
   * Reads one file.
   *
   * @throws BadInput if it is missing, damaged or not what the manifest says
   */
  List<PointBlock> read(Segment segment) {
    List<PointBlock> blocks = new ArrayList<>();
    Reader reader = new Reader(segment);
    try {
      TableRows.read(table.conf(), table.file(segment.file()), table.schema(), reader::row);
    } catch (IOException | RuntimeException e) {
      throw damaged(segment, ModelFiles.reason(e), e);
    }
    if (reader.at != segment.rows()) {
      throw damaged(segment, reader.at + " rows instead of " + segment.rows(), null);
    }
    blocks.addAll(reader.done());
    return blocks;
  }

  /**
   * Those of some ids that are in a file, as often as they are there; reads no other column.
   *
   * @throws BadInput if it is missing or damaged
   */
  List<Object> ids(Segment segment, Set<Object> wanted) {
    List<Object> ids = new ArrayList<>();
    try {
      TableRows.read(
          table.conf(),
          table.file(segment.file()),
          TableSchema.empty().with("id", RowNames.kind(inWords)),
          row -> {
            if (wanted.contains(row[0])) {
              ids.add(row[0]);
            }
          });
    } catch (IOException | RuntimeException e) {
      throw damaged(segment, ModelFiles.reason(e), e);
    }
    return ids;
  }

  private static BadInput damaged(Segment segment, String why, Exception e) {
    return BadInput.of(
        e, "--index: the file of points %s is missing or damaged: %s", segment.file(), why);
  }

  /** The blocks of all files, on the executors. */
  JavaRDD<PointBlock> read(JavaSparkContext context, List<Segment> segments) {
    IndexSegments self = this;
    return context
        .parallelize(segments, Math.max(1, segments.size()))
        .flatMap(segment -> self.read(segment).iterator());
  }

  /** Collects rows into blocks. */
  private final class Reader {
    private final Segment segment;
    private final List<PointBlock> blocks = new ArrayList<>();
    private RowNames names;
    private int[] labels;
    private double[] values;
    private int at;

    Reader(Segment segment) {
      this.segment = segment;
    }

    void row(Object[] row) {
      int i = at % PointBlock.ROWS;
      if (at == segment.rows()) {
        throw new IllegalArgumentException("more rows than " + segment.rows());
      }
      if (i == 0) {
        finish();
        int rows = Math.min(PointBlock.ROWS, segment.rows() - at);
        names = new RowNames(inWords, rows);
        labels = new int[rows];
        values = new double[rows * dimension];
      }
      double[] x = (double[]) row[2];
      if (x.length != dimension) {
        throw new IllegalArgumentException("a row of " + x.length + " numbers");
      }
      for (double number : x) {
        if (!Double.isFinite(number)) {
          throw new IllegalArgumentException("a number " + number);
        }
      }
      long label = (Long) row[1];
      if (label != PointBlock.NO_LABEL && (label < 0 || label >= Math.max(1, classes))) {
        throw new IllegalArgumentException("class " + label + " of " + classes);
      }
      names.add(row[0]);
      labels[i] = (int) label;
      System.arraycopy(x, 0, values, i * dimension, dimension);
      at++;
    }

    private void finish() {
      if (names != null) {
        blocks.add(
            new PointBlock(
                segment.firstBlock() + blocks.size(),
                Matrix.of(dimension, names.count(), values),
                names,
                labels));
      }
    }

    List<PointBlock> done() {
      finish();
      return blocks;
    }
  }
}
