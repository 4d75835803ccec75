package dev.kindling.spark.ade;

import static dev.kindling.spark.ade.SearchSettings.METRIC;

import dev.kindling.BadInput;
import dev.kindling.ade.Metric;
import dev.kindling.data.table.CsvDialect;
import dev.kindling.data.table.NumericTables;
import dev.kindling.data.table.TableOptions;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.TableInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Where a metric comes from, as {@code --metric} says it. A matrix is what its word says it is:
 * nothing tells a precision from a covariance but the user.
 *
 * @param kind the word before the colon
 * @param file after the colon, for those that are read
 * @param estimate after the colon, for those that are estimated
 * @param csv how the file is written, if it is CSV
 */
record MetricSource(Kind kind, String file, Estimate estimate, CsvDialect csv) {
  /** The word before the colon. */
  enum Kind {
    IDENTITY,
    FACTOR,
    PRECISION,
    DIAGONAL,
    COVARIANCE,
    ESTIMATE
  }

  /** A covariance that is estimated from the points, and inverted. */
  enum Estimate {
    SAMPLE,
    LEDOIT_WOLF,
    VARIANCE,
    MCD,
    RCA;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final String MAY_BE =
      "should be identity, factor:FILE, precision:FILE, matrix:FILE, diagonal:FILE, covariance:FILE or estimate:sample|ledoit-wolf|variance|mcd|rca";

  private MetricSource(Kind kind, String file, Estimate estimate) {
    this(kind, file, estimate, CsvDialect.DEFAULT);
  }

  /**
   * @throws BadInput if it says nothing known
   */
  static MetricSource parse(String text) {
    try {
      return read(text);
    } catch (IllegalArgumentException e) {
      throw BadInput.of(e, "%s: %s", METRIC.is(text), e.getMessage());
    }
  }

  /** An estimate. */
  static MetricSource of(Estimate estimate) {
    return new MetricSource(Kind.ESTIMATE, null, estimate);
  }

  /** The same, its file written in this way. */
  MetricSource in(CsvDialect written) {
    return new MetricSource(kind, file, estimate, written);
  }

  /** What is wrong with a text; null if nothing is. */
  static String wrong(String text) {
    try {
      read(text);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static MetricSource read(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    if (word.equals("identity") && colon < 0) {
      return new MetricSource(Kind.IDENTITY, null, null);
    }
    if (word.equals("estimate")) {
      Optional<Estimate> estimate =
          Arrays.stream(Estimate.values()).filter(e -> e.toString().equals(rest)).findFirst();
      return new MetricSource(
          Kind.ESTIMATE, null, estimate.orElseThrow(() -> new IllegalArgumentException(MAY_BE)));
    }
    Kind kind =
        switch (word) {
          case "factor" -> Kind.FACTOR;
          case "precision", "matrix" -> Kind.PRECISION;
          case "diagonal" -> Kind.DIAGONAL;
          case "covariance" -> Kind.COVARIANCE;
          default -> throw new IllegalArgumentException(MAY_BE);
        };
    if (rest.isEmpty()) {
      throw new IllegalArgumentException("name the file, " + word + ":FILE");
    }
    return new MetricSource(kind, rest, null);
  }

  /**
   * The k of its k×d factor, before the metric is made: rows of the file for a factor, d otherwise.
   * Only the decomposition of a precision tells that its rank is less.
   *
   * @throws BadInput if the file of a factor cannot be used
   */
  int rows(SparkSession spark, int dimension) {
    return kind == Kind.FACTOR
        ? MatrixFile.rows(spark, METRIC.named(), file, csv, dimension, mostRows(dimension))
        : dimension;
  }

  /** Files that are read for it. */
  List<String> reads() {
    return file == null ? List.of() : List.of(file);
  }

  /** What the table of points must have: a label for rca, for others if there is one. */
  TableInput.Learns learns() {
    return estimate == Estimate.RCA ? TableInput.Learns.LABEL : TableInput.Learns.LABEL_IF_SUPPLIED;
  }

  /** What tells its file from others; empty without one. */
  String fingerprint(SparkSession spark) {
    return file == null
        ? ""
        : " "
            + NumericTables.read(spark, file, TableOptions.defaults().numbersAreRows().csv(csv))
                .fingerprint();
  }

  /**
   * The metric, where the points do not decide it.
   *
   * @throws BadInput if the file cannot be used
   */
  Metric given(SparkSession spark, int dimension) {
    if (kind == Kind.IDENTITY) {
      return Metric.identity(dimension);
    }
    Matrix matrix =
        MatrixFile.read(spark, METRIC.named(), file, csv, dimension, mostRows(dimension));
    try {
      return switch (kind) {
        case FACTOR -> Metric.factor(matrix);
        case PRECISION -> Metric.precision(matrix);
        case DIAGONAL -> Metric.diagonal(matrix.values());
        default -> Metric.covariance(matrix);
      };
    } catch (BadInput e) {
      throw BadInput.within(METRIC.is(this) + ": ", e);
    }
  }

  private long mostRows(int dimension) {
    long most = Math.max(1, (Integer.MAX_VALUE - 8L) / dimension);
    return switch (kind) {
      case FACTOR -> most;
      case DIAGONAL -> 1;
      default -> Math.min(most, dimension);
    };
  }

  /** Whether it takes no look at the points. */
  boolean isGiven() {
    return estimate() == null;
  }

  /** Whether U is diagonal, so that it takes d numbers and not d². */
  boolean isDiagonal() {
    return kind == Kind.IDENTITY || kind == Kind.DIAGONAL || estimate == Estimate.VARIANCE;
  }

  @Override
  public String toString() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return switch (kind) {
      case IDENTITY -> word;
      case ESTIMATE -> word + ":" + estimate;
      default -> word + ":" + file;
    };
  }
}
