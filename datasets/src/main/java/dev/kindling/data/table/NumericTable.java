package dev.kindling.data.table;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table of numbers that was read and found sound.
 *
 * <p>The DataFrame is lazy: each action reads the files again, one partition a split. Whoever
 * passes over it more than once should persist it. Its columns:
 *
 * <ul>
 *   <li>{@code row}: long, 0-based number of the row in the table, the same however it was cut
 *   <li>{@code id}: the id column's value, long or string; without one, the row number
 *   <li>{@code features}: spark.ml vector; sparse from LIBSVM and where Parquet holds it sparse
 *   <li>{@code label}: double, the class's index, where a label was asked for
 *   <li>{@code target}, {@code weight}: double, where asked for
 *   <li>carried columns: strings
 * </ul>
 *
 * @param source what messages call the table: the name of its file, folder or built-in set
 * @param numbers how many numbers the rows hold: of sparse rows those that stand there
 * @param featureNames in the order of the vector
 * @param labels classes of {@code label}, where a label was asked for
 * @param headed of CSV: whether its files begin with a header
 * @param named whether the features' names are the data's own, and not counted
 * @param fingerprint SHA-256 of the content, 64 hexadecimal digits: a digest over each file's
 *     length and the digests of its pieces of 16 MiB, files in the order of their names
 */
public record NumericTable(
    Dataset<Row> rows,
    String source,
    TableFormat format,
    long numRows,
    long numbers,
    List<String> featureNames,
    Optional<LabelMapping> labels,
    Optional<Boolean> headed,
    boolean named,
    String fingerprint) {
  public int numFeatures() {
    return featureNames.size();
  }
}
