package dev.kindling.spark.ade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an index is at one epoch: everything a reader needs to find the rest. Epochs are counted
 * from 1, and a file that some epoch names never changes.
 *
 * @param epoch this one
 * @param updates names of the updates that made it, the last {@value #UPDATES}, the newest last;
 *     none for the build
 * @param source what the points were read from, for people
 * @param metricWords what the metric was made from, for people
 * @param dimension d
 * @param namedInWords whether ids are words
 * @param classes of the points; empty for none
 * @param features names of the points' features, by which those of queries and changes are found;
 *     empty where they have none
 * @param factor the file of U
 * @param learner the file of the state of an online learner of U, or null
 * @param origin near most points when the index was built: images are taken from it, for
 *     precision's sake alone. In the file it is the mean, which it is up to values far away
 * @param segments of the points
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IndexManifest(
    int epoch,
    List<String> updates,
    String source,
    String metricWords,
    int dimension,
    boolean namedInWords,
    List<String> classes,
    List<String> features,
    String factor,
    String learner,
    double[] origin,
    List<Segment> segments) {
  /** Of what this class writes; another is not read. */
  private static final int FORMAT = 1;

  /** A run that is resumed later than after so many updates of others would be applied again. */
  static final int UPDATES = 1000;

  private static final int MOST_DIMENSION = 1 << 24;
  private static final long MOST_ROWS = 1L << 40;
  private static final Pattern FILE = Pattern.compile("[0-9a-z-]{1,80}");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * A file of points.
   *
   * @param file its name
   * @param firstRow number of its first row, a multiple of {@link PointBlock#ROWS}; the others
   *     follow
   * @param rows how many
   */
  record Segment(String file, long firstRow, int rows) implements Serializable {
    /** Numbers of blocks that it reaches into. */
    int blocks() {
      return PointBlock.count(rows);
    }

    int firstBlock() {
      return Math.toIntExact(firstRow / PointBlock.ROWS);
    }
  }

  /** Says which epoch of which history this is. */
  String state() {
    return epoch + (updates.isEmpty() ? "" : "-" + updates.get(updates.size() - 1));
  }

  /** Whether the metric is kept as its diagonal: as it was built, if it was diagonal then. */
  boolean isDiagonal() {
    return factor.equals(IndexSegments.name(1, "", 0))
        && MetricSource.parse(metricWords).isDiagonal();
  }

  long points() {
    return segments.stream().mapToLong(Segment::rows).sum();
  }

  /** The first row that a new segment may have. */
  long nextRow() {
    return segments.stream()
        .mapToLong(s -> s.firstRow() + (long) s.blocks() * PointBlock.ROWS)
        .max()
        .orElse(0);
  }

  /** The next epoch; the learner stays as it is. */
  IndexManifest next(String name, String newFactor, List<Segment> newSegments) {
    return next(name, newFactor, learner, newSegments);
  }

  /** The next epoch. */
  IndexManifest next(String name, String newFactor, String newLearner, List<Segment> newSegments) {
    List<String> names = new ArrayList<>(updates);
    names.removeIf(before -> UpdateName.isOver(before, name));
    names.add(name);
    names = List.copyOf(names.subList(Math.max(0, names.size() - UPDATES), names.size()));
    return new IndexManifest(
        epoch + 1,
        names,
        source,
        metricWords,
        dimension,
        namedInWords,
        classes,
        features,
        newFactor,
        newLearner,
        origin,
        newSegments);
  }

  String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT)
        .put("epoch", epoch)
        .put("source", source)
        .put("metric", metricWords)
        .put("dimension", dimension)
        .put("ids", namedInWords ? "text" : "numbers")
        .put("factor", factor);
    if (learner != null) {
      root.put("learner", learner);
    }
    ArrayNode made = root.putArray("updates");
    updates.forEach(made::add);
    ArrayNode names = root.putArray("classes");
    classes.forEach(names::add);
    ArrayNode columns = root.putArray("features");
    features.forEach(columns::add);
    ArrayNode means = root.putArray("mean");
    for (double m : origin) {
      means.add(m);
    }
    ArrayNode files = root.putArray("segments");
    for (Segment segment : segments) {
      files
          .addObject()
          .put("file", segment.file)
          .put("first_row", segment.firstRow)
          .put("rows", segment.rows);
    }
    try {
      return JSON.writeValueAsString(root);
    } catch (IOException e) {
      throw new IllegalStateException(e); // a tree of numbers and strings
    }
  }

  /**
   * Reads it. Every number is bounded before anything is made of it.
   *
   * @throws IOException if it cannot be one
   */
  static IndexManifest read(byte[] json) throws IOException {
    JsonNode root = JSON.readTree(json);
    require(root.path("format").asInt() == FORMAT, "format " + root.path("format"));
    int d = root.path("dimension").asInt();
    require(d >= 1 && d <= MOST_DIMENSION, "dimension " + root.path("dimension"));
    require(root.path("mean").size() == d, "a mean of " + root.path("mean").size());
    double[] origin = new double[d];
    for (int j = 0; j < d; j++) {
      origin[j] = root.path("mean").get(j).asDouble(Double.NaN);
      require(Double.isFinite(origin[j]), "a mean " + root.path("mean").get(j));
    }
    List<String> updates = new ArrayList<>();
    for (JsonNode name : root.path("updates")) {
      updates.add(file(name));
    }
    List<String> classes = new ArrayList<>();
    root.path("classes").forEach(name -> classes.add(name.asText()));
    require(root.path("features").isArray(), "a manifest without the features' names");
    List<String> features = new ArrayList<>();
    root.path("features").forEach(name -> features.add(name.asText()));
    require(
        features.isEmpty() || features.size() == d, "names of " + features.size() + " features");
    List<Segment> segments = new ArrayList<>();
    for (JsonNode node : root.path("segments")) {
      long first = node.path("first_row").asLong(-1);
      long rows = node.path("rows").asLong(-1);
      require(
          first >= 0 && first <= MOST_ROWS && first % PointBlock.ROWS == 0, "first row " + first);
      require(rows >= 1 && rows * d <= Integer.MAX_VALUE, "a segment of " + rows);
      segments.add(new Segment(file(node.path("file")), first, (int) rows));
    }
    return new IndexManifest(
        root.path("epoch").asInt(),
        List.copyOf(updates),
        root.path("source").asText(),
        root.path("metric").asText(),
        d,
        root.path("ids").asText().equals("text"),
        List.copyOf(classes),
        List.copyOf(features),
        file(root.path("factor")),
        root.has("learner") ? file(root.path("learner")) : null,
        origin,
        List.copyOf(segments));
  }

  private static String file(JsonNode name) throws IOException {
    require(FILE.matcher(name.asText()).matches(), "a file " + name);
    return name.asText();
  }

  private static void require(boolean holds, String what) throws IOException {
    if (!holds) {
      throw new IOException(what + " is none of an index; build it anew");
    }
  }
}
