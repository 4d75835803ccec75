package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.data.InputFile;
import dev.kindling.data.Rejected;
import dev.kindling.data.StoredFile;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;

/** The passes over Parquet files, whose rows bear the file's name and their number in it. */
final class ParquetScan implements Scan {
  private final JavaRDD<Row> source;
  private final List<InputFile> files;
  private final Layout layout;
  private final ParquetRow decoder;
  private final HashMap<String, Long> firstRows = new HashMap<>();

  ParquetScan(JavaRDD<Row> source, List<InputFile> files, Layout layout, ParquetRow decoder) {
    this.source = source;
    this.files = files;
    this.layout = layout;
    this.decoder = decoder;
  }

  @Override
  public Survey survey() {
    Survey whole = new Survey();
    List<HashMap<String, Survey>> parts =
        source.mapPartitions(new FileSurveys(layout, decoder)).collect();
    for (InputFile file : files) {
      String key = fileName(((StoredFile) file).uri());
      firstRows.put(key, whole.rows());
      Survey failed = null;
      for (Map<String, Survey> part : parts) {
        Survey survey = part.get(key);
        if (survey == null) {
          continue;
        }
        boolean earlier = failed == null || survey.units() < failed.units();
        if (survey.failure() != null && earlier) {
          failed = survey;
        }
        whole.addAll(survey);
      }
      if (failed != null) {
        String place = file.name() + ": row " + (failed.units() - 1);
        throw new BadInput(place + ": " + failed.failure());
      }
    }
    checkNames(parts);
    return whole;
  }

  @Override
  public JavaRDD<Row> rows(OutputRow output) {
    return source.map(new NumberedRow(layout, decoder, output, firstRows));
  }

  /** As Spark's metadata column writes it: a blank is %20 there. */
  private static String fileName(String uri) {
    String encoded = new Path(uri).toUri().toString();
    return encoded.substring(encoded.lastIndexOf('/') + 1);
  }

  /** Rows of a file under a name that is not expected would be lost without a word. */
  private void checkNames(List<HashMap<String, Survey>> parts) {
    for (Map<String, Survey> part : parts) {
      for (String name : part.keySet()) {
        if (!firstRows.containsKey(name)) {
          throw new IllegalStateException("Spark read a file " + name + " that nobody asked for");
        }
      }
    }
  }

  /**
   * What one partition holds of each file. A partition reads the files in an order of Spark's
   * choice, and each file from front to back.
   */
  private record FileSurveys(Layout layout, ParquetRow decoder)
      implements FlatMapFunction<Iterator<Row>, HashMap<String, Survey>> {
    @Override
    public Iterator<HashMap<String, Survey>> call(Iterator<Row> rows) {
      HashMap<String, Survey> surveys = new HashMap<>();
      TableRow target = new TableRow(layout);
      boolean labelled = layout.has(Role.LABEL);
      while (rows.hasNext()) {
        Row row = rows.next();
        Survey survey = surveys.computeIfAbsent(decoder.file(row), name -> new Survey());
        if (survey.failure() != null) {
          continue;
        }
        try {
          decoder.fill(row, target);
          survey.add(target, labelled);
        } catch (Rejected e) {
          survey.fail(e);
          survey.end(decoder.number(row) + 1);
        }
      }
      return List.of(surveys).iterator();
    }
  }

  private record NumberedRow(
      Layout layout, ParquetRow decoder, OutputRow output, HashMap<String, Long> firstRows)
      implements Function<Row, Row> {
    @Override
    public Row call(Row source) {
      TableRow row = new TableRow(layout);
      try {
        decoder.fill(source, row);
      } catch (Rejected e) {
        throw new IllegalStateException("the table changed after it was checked", e);
      }
      return output.of(firstRows.get(decoder.file(source)) + decoder.number(source), row);
    }
  }
}
