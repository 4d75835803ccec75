package dev.kindling.spark.ade;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.ade.Metric;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.ModelFiles;
import dev.kindling.spark.job.StateFile;
import dev.kindling.spark.job.Table;
import dev.kindling.spark.job.TableRows;
import dev.kindling.spark.job.TableSchema;
import dev.kindling.spark.job.TableSchema.Kind;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * An index on any Hadoop file system: {@code epochs} with a manifest each, {@code points} with
 * segments and {@code metric} with factors, both Parquet, and {@code learner} with states. A new
 * epoch is its files, then its manifest by one rename; until then readers see the epoch before, and
 * two that would be the same epoch cannot both be.
 */
final class IndexFolder {
  /** Epochs whose files are kept: readers of the one before may be under way. */
  private static final int KEPT = 2;

  private static final int LARGEST_MANIFEST = 1 << 28;

  private static final int LEARNER = 0x4B45_0001;
  private static final String PARQUET = ".parquet";

  private static final TableSchema FACTOR =
      TableSchema.empty()
          .with("row", Kind.LONG)
          .with("first", Kind.LONG)
          .with("features", Kind.DOUBLES);

  private final Path folder;
  private final Configuration conf;

  private IndexFolder(Path folder, Configuration conf) {
    this.folder = folder;
    this.conf = conf;
  }

  /** The one in a run directory of {@code ade build}. */
  static IndexFolder in(Path run, Configuration conf) {
    return at(new Path(run, "index"), conf);
  }

  static IndexFolder at(Path folder, Configuration conf) {
    return new IndexFolder(folder, conf);
  }

  /** Where segments are. */
  Table points(TableSchema schema) {
    return Table.at(new Path(folder, "points"), schema, conf);
  }

  private Path epoch(int number) {
    return new Path(folder, Words.of("epochs/%09d.json", number));
  }

  /**
   * The manifest of the newest epoch.
   *
   * @throws BadInput if there is none, or it is damaged
   */
  IndexManifest newest() {
    try {
      List<FileStatus> epochs = epochs();
      if (epochs.isEmpty()) {
        throw new BadInput("--index " + folder.getParent() + ": no epoch in it; build it anew");
      }
      return read(epochs.get(epochs.size() - 1));
    } catch (FileNotFoundException e) {
      throw BadInput.of(
          e,
          "--index %s: not an index; name the --output of an ade build that is done",
          folder.getParent());
    } catch (IOException e) {
      throw BadInput.of(
          e, "--index %s: cannot be read: %s", folder.getParent(), ModelFiles.reason(e));
    }
  }

  /** Manifests, oldest first. */
  private List<FileStatus> epochs() throws IOException {
    TreeMap<String, FileStatus> found = new TreeMap<>();
    for (FileStatus file : fs().listStatus(new Path(folder, "epochs"))) {
      if (file.isFile() && file.getPath().getName().matches("\\d{9}\\.json")) {
        found.put(file.getPath().getName(), file);
      }
    }
    return new ArrayList<>(found.values());
  }

  private IndexManifest read(FileStatus file) throws IOException {
    if (file.getLen() > LARGEST_MANIFEST) {
      throw new IOException(file.getPath().getName() + " has " + file.getLen() + " bytes");
    }
    byte[] json = new byte[(int) file.getLen()];
    try (InputStream in = fs().open(file.getPath())) {
      if (in.readNBytes(json, 0, json.length) < json.length) {
        throw new IOException(file.getPath().getName() + " ends early");
      }
    }
    IndexManifest manifest = IndexManifest.read(json);
    if (!epoch(manifest.epoch()).getName().equals(file.getPath().getName())) {
      throw new IOException(file.getPath().getName() + " says epoch " + manifest.epoch());
    }
    return manifest;
  }

  /** Writes U under a name of its own: of each row, what stands from its first column on. */
  void write(String factor, Metric metric) {
    Stream<Object[]> rows;
    if (metric.isDiagonal()) {
      double[] diagonal = metric.diagonal();
      rows =
          IntStream.range(0, diagonal.length)
              .mapToObj(i -> new Object[] {i, i, new double[] {diagonal[i]}});
    } else {
      Matrix u = metric.factor();
      rows =
          IntStream.range(0, u.rows())
              .mapToObj(
                  i ->
                      new Object[] {
                        i, 0, IntStream.range(0, u.cols()).mapToDouble(j -> u.get(i, j)).toArray()
                      });
    }
    Table.at(new Path(folder, "metric"), FACTOR, conf).write(factor, rows.iterator());
  }

  /**
   * The metric of an epoch.
   *
   * @throws BadInput if its file is missing or damaged
   */
  Metric metric(IndexManifest manifest) {
    int d = manifest.dimension();
    List<double[]> rows = new ArrayList<>();
    Path file = Table.at(new Path(folder, "metric"), FACTOR, conf).file(manifest.factor());
    try {
      TableRows.read(
          conf,
          file,
          FACTOR,
          row -> {
            double[] values = (double[]) row[2];
            long first = (Long) row[1];
            boolean isWhole = first == 0 && values.length == d;
            boolean isOnDiagonal = first == rows.size() && values.length == 1;
            if (!isWhole && !isOnDiagonal) {
              throw new BadInput(file + ": a row of " + values.length + " numbers; build it anew");
            }
            rows.add(values);
          });
    } catch (BadInput e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new BadInput(file + ": cannot be read: " + ModelFiles.reason(e), e);
    }
    if (rows.size() == d && rows.stream().allMatch(row -> row.length == 1)) {
      double[] roots = rows.stream().mapToDouble(row -> row[0]).toArray();
      return Metric.factor(roots);
    }
    if (rows.stream().anyMatch(row -> row.length != d)) {
      throw new BadInput(file + ": rows of several lengths; build it anew");
    }
    return Metric.factor(Matrix.ofRows(rows.toArray(double[][]::new)));
  }

  /**
   * k of the metric of an epoch, from its file's footer.
   *
   * @throws BadInput if its file is missing or damaged
   */
  int metricRows(IndexManifest manifest) {
    Path file = Table.at(new Path(folder, "metric"), FACTOR, conf).file(manifest.factor());
    try {
      return Math.toIntExact(TableRows.count(conf, file));
    } catch (IOException | RuntimeException e) {
      throw new BadInput(file + ": cannot be read: " + ModelFiles.reason(e), e);
    }
  }

  /** Writes the state of a learner under a name of its own. */
  void writeLearner(String name, StateFile.Writer state) {
    learner(name).write(state);
  }

  /**
   * The state of the learner of an epoch that has one.
   *
   * @throws BadInput if its file is missing or damaged
   */
  byte[] learner(IndexManifest manifest) {
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    if (!learner(manifest.learner()).read(in -> in.transferTo(state))) {
      throw BadInput.of(
          "--index: the learner's state %s is missing or damaged", manifest.learner());
    }
    return state.toByteArray();
  }

  private StateFile learner(String name) {
    return new StateFile(new Path(folder, "learner/" + name), LEARNER, conf);
  }

  /**
   * The manifest of an epoch, if it is still there.
   *
   * @throws BadInput if it is damaged
   */
  Optional<IndexManifest> find(int number) {
    try {
      return Optional.of(read(fs().getFileStatus(epoch(number))));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new BadInput("--index: epoch " + number + ": " + ModelFiles.reason(e), e);
    }
  }

  /**
   * Makes an epoch the newest one.
   *
   * @throws JobFailure if another update has made an epoch of that number
   */
  void commit(IndexManifest manifest) {
    if (!offer(manifest)) {
      throw new JobFailure(
          Words.of(
              "another update has made epoch %s; run this one again, it was not applied",
              manifest.epoch()),
          null);
    }
  }

  /**
   * Makes an epoch the newest one, unless there is one of that number.
   *
   * @return whether it is
   */
  boolean offer(IndexManifest manifest) {
    Path file = epoch(manifest.epoch());
    Path unfinished = new Path(file.getParent(), "_" + file.getName() + "." + manifest.state());
    try {
      try (OutputStream out = fs().create(unfinished, true)) {
        out.write(manifest.json().getBytes(StandardCharsets.UTF_8));
      }
      FileContext.getFileContext(file.toUri(), conf)
          .rename(fs().makeQualified(unfinished), fs().makeQualified(file), Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new JobFailure("the index cannot be written: " + ModelFiles.reason(e), e);
    }
  }

  /**
   * Removes files of the last epoch and those before that neither it nor the one before names, and
   * older manifests. Files of a later epoch are of an update under way.
   */
  void sweep() {
    try {
      List<FileStatus> epochs = epochs();
      int first = Math.max(0, epochs.size() - KEPT);
      Set<String> named = new HashSet<>();
      int newest = 0;
      for (FileStatus epoch : epochs.subList(first, epochs.size())) {
        IndexManifest manifest = read(epoch);
        newest = manifest.epoch();
        named.add(manifest.factor());
        named.add(manifest.learner());
        manifest.segments().forEach(segment -> named.add(segment.file()));
      }
      for (FileStatus epoch : epochs.subList(0, first)) {
        fs().delete(epoch.getPath(), false);
      }
      for (String part : List.of("points", "metric", "learner")) {
        Path in = new Path(folder, part);
        for (FileStatus file : fs().exists(in) ? fs().listStatus(in) : new FileStatus[0]) {
          String name = file.getPath().getName();
          if (!named.contains(name.replace(PARQUET, "")) && !IndexSegments.isAfter(name, newest)) {
            fs().delete(file.getPath(), false);
          }
        }
      }
    } catch (IOException e) {
      throw new JobFailure("the index cannot be tidied: " + ModelFiles.reason(e), e);
    }
  }

  private FileSystem fs() throws IOException {
    return folder.getFileSystem(conf);
  }
}
