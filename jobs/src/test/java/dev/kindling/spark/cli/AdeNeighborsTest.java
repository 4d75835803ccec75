package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kindling.data.LocalSpark;
import dev.kindling.spark.ade.MahalanobisNeighbors;
import dev.kindling.spark.ade.MahalanobisNeighborsModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** {@code kindling ade} and {@code ade query} beside the stage of spark.ml, on the same data. */
class AdeNeighborsTest extends RunsInFolder {
  private Dataset<Row> frame(String name, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int label = random.nextInt(3);
      double common = random.nextGaussian();
      double[] x = {50 + common, label + random.nextGaussian(), 3 * common + random.nextGaussian()};
      rows.add(RowFactory.create(name + i, Vectors.dense(x), (double) label));
    }
    StructType schema =
        new StructType()
            .add("name", DataTypes.StringType)
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    String path = folder.resolve(name).toString();
    LocalSpark.session().createDataFrame(rows, schema).coalesce(1).write().parquet(path);
    return LocalSpark.session().read().parquet(path);
  }

  /** Query, id and distance; the same ids, distances but for rounding. */
  private void assertSame(String run, List<Row> answers) {
    List<Row> expected = table(run, "neighbors").collectAsList();
    int at = 0;
    for (Row answer : answers) {
      for (Row near : answer.<Row>getList(3)) {
        Row of = expected.get(at++);
        assertThat(answer.getString(0)).isEqualTo(of.getString(0));
        assertThat(near.getString(0)).isEqualTo(of.getString(2));
        assertThat(near.getDouble(1)).isCloseTo(of.getDouble(3), withinPercentage(1e-10));
      }
    }
    assertThat(expected).hasSize(at).isNotEmpty();
    List<Row> predictions = table(run, "predictions").collectAsList();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(predictions.get(i).getString(2))
          .isEqualTo(Integer.toString((int) answers.get(i).getDouble(4)));
    }
  }

  @Test
  void theStageFindsWhatTheJobFinds() throws Exception {
    Dataset<Row> points = frame("points", 1500, 1);
    Dataset<Row> queries = frame("queries", 300, 2);
    // As jobs/docs/ade.md says it:
    MahalanobisNeighborsModel model =
        new MahalanobisNeighbors()
            .setMetric("estimate:ledoit-wolf")
            .setIdCol("name")
            .setLabelCol("label")
            .setK(5)
            .fit(points);
    Dataset<Row> near = model.transform(queries); // neighbors, prediction
    String asked = " --queries $queries --query-id-column name --query-features features --k 5";
    List<Row> answers = near.collectAsList();
    succeeds(
        "ade --input $points --id-column name --label-column label --metric estimate:ledoit-wolf"
            + asked,
        "job");
    assertSame("job", answers);
    model.save(folder.resolve("saved").toString());
    succeeds("ade query --index $saved" + asked, "asked");
    assertSame("asked", answers);
    model.close();
  }

  @Test
  void thePageShowsWhatIsRunHere() throws Exception {
    String page = Files.readString(Path.of("docs/ade.md"));
    String after = page.substring(page.indexOf("## In spark.ml"));
    String code =
        after.substring(
            after.indexOf("```java") + 7, after.indexOf("```", 10 + after.indexOf("```java")));
    String source =
        Files.readString(Path.of("src/test/java/dev/kindling/spark/cli/AdeNeighborsTest.java"));
    assertThat(code.strip().lines()).hasSizeGreaterThan(5);
    assertThat(source.lines().map(String::strip).toList())
        .containsAll(code.strip().lines().map(String::strip).toList());
  }
}
