package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvmReadingTest extends TableReading {
  private static final long SEED = 23;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void sparseRowsComeBackHoweverTheFileIsCut(int pieces) throws Exception {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder();
    List<SparseVector> expected = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int[] indices = random.ints(0, 50).distinct().limit(random.nextInt(10)).sorted().toArray();
      double[] values = random.doubles(indices.length).toArray();
      labels.add((double) random.nextInt(3));
      text.append(labels.get(i).intValue() - 1);
      for (int k = 0; k < indices.length; k++) {
        text.append(' ').append(indices[k] + 1).append(':').append(values[k]);
      }
      text.append('\n');
      expected.add(Vectors.sparse(50, indices, values).toSparse());
    }
    Path file = write("x.svm", text.toString());
    NumericTable table =
        read(file, PLAIN.needLabel().numFeatures(50).splitBytes(text.length() / pieces));
    assertThat(TableReading.<SparseVector>column(table, "features"))
        .as("seed %d", SEED)
        .isEqualTo(expected);
    assertThat(TableReading.<Double>column(table, "label")).isEqualTo(labels);
    assertThat(table.labels().orElseThrow().classes()).containsExactly("-1", "0", "1");
  }

  @Test
  void commentsAndBlankLinesHoldNoRow() throws Exception {
    String text = "# a comment\n+1 1:2 3:4 # the first\r\n\n  -1\t2:5.5 \n0";
    NumericTable table = read(write("x.libsvm", text), PLAIN.needTarget());
    assertThat(features(table)).isEqualTo(new double[][] {{2, 0, 4}, {0, 5.5, 0}, {0, 0, 0}});
    assertThat(TableReading.<Double>column(table, "target")).containsExactly(1.0, -1.0, 0.0);
    assertThat(table.featureNames()).containsExactly("f1", "f2", "f3");
  }

  @Test
  void theLabelIsLeftOutWhenNobodyAsks() throws Exception {
    NumericTable table = read(write("x.svm", "spam 1:1\n"), PLAIN);
    assertThat(table.rows().columns()).containsExactly("row", "id", "features");
    assertThat(table.labels()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0:1|nodes.svm:17: feature index 0; LIBSVM indices start at 1",
        "0 3:1 2:1|nodes.svm:17: feature index 2 after 3; LIBSVM indices increase along a line",
        "0 3:1 3:1|nodes.svm:17: feature index 3 stands there twice",
        "0 3:x|nodes.svm:17: feature 3: \"x\" is not a number",
        "0 3:nan|nodes.svm:17: feature 3 is nan; a feature must be finite: fill it or leave the"
            + " row out",
        "0 7|nodes.svm:17: \"7\" is not index:value",
        "0 qid:7|nodes.svm:17: feature index \"qid\" is not a whole number",
        "0 :7|nodes.svm:17: a feature has no index before its colon",
        "0 9999999999:7|nodes.svm:17: feature index 9999999999; the largest possible is 2147483639",
        "1:2 2:3|nodes.svm:17: the line begins with 1:2; a label comes first: 0 1:2",
      })
  void malformedLinesAreRefused(String line, String message) throws Exception {
    Path file = write("nodes.svm", "1 1:1 2:0.5\n".repeat(16) + line + "\n0 0:0\n");
    assertThat(refusal(file, PLAIN)).isEqualTo(message);
    assertThat(refusal(file, PLAIN.splitBytes(20))).isEqualTo(message);
  }

  @Test
  void indicesBeyondTheNumberOfFeaturesAreRefused() throws Exception {
    assertThat(refusal(write("x.svm", "0 9:1\n"), PLAIN.numFeatures(8)))
        .isEqualTo(
            "x.svm:1: feature index 9, but these rows go with points or a model of 8 features;"
                + " leave it out, or make those anew from data that has it");
  }

  @Test
  void featuresCannotBeTakenApartAndMustBeThere() throws Exception {
    Path file = write("x.svm", "0 1:1\n");
    assertThat(refusal(file, PLAIN.features(List.of("f1"))))
        .isEqualTo(
            "x.svm: featureColumns f1; the features are one column here, features, and it is"
                + " taken whole: leave featureColumns out");
    assertThat(refusal(write("empty.svm", "0\n1\n"), PLAIN))
        .isEqualTo("empty.svm: no row has a feature");
    assertThat(refusal(write("comment.svm", "# none\n"), PLAIN))
        .isEqualTo("comment.svm holds no row");
  }
}
