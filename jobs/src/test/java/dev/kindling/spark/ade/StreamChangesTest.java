package dev.kindling.spark.ade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.ade.Metric;
import dev.kindling.data.LocalSpark;
import dev.kindling.linalg.Matrix;
import dev.kindling.spark.job.JobFailure;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Micro-batches among updates of others. */
class StreamChangesTest {
  private static final int D = 2;
  private static final String STREAM = "0123456789abcdef0123456789abcdef";

  @TempDir java.nio.file.Path folder;
  private final Configuration conf = new Configuration();
  private JavaSparkContext context;
  private IndexFolder index;

  @BeforeEach
  void anIndexOfThreePoints() {
    context = JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    index = IndexFolder.at(new Path(folder.resolve("index").toUri()), conf);
    index.write("first", Metric.identity(D));
    List<Object[]> rows =
        LongStream.range(0, 3)
            .mapToObj(i -> new Object[] {i, PointBlock.NO_LABEL, new double[] {i, i}})
            .toList();
    IndexManifest.Segment segment =
        IndexSegments.of(index, D, false, 0).write("first", PointBlock.cut(D, false, rows, 0));
    index.commit(
        new IndexManifest(
            1,
            List.of(),
            "points",
            "identity",
            D,
            false,
            List.of(),
            List.of(),
            "first",
            null,
            new double[D],
            List.of(segment)));
  }

  private StreamChanges stream(String name) {
    StreamRejects rejects = new StreamRejects(new Path(folder.resolve("no").toUri()), true, conf);
    return new StreamChanges(context, index, name, null, rejects);
  }

  private static StreamLine update(int row, double... change) {
    return new StreamLine(
        StreamKind.METRIC_UPDATE, "file", true, 0, row, (long) row, null, change, "", null);
  }

  private static Map<StreamKind, List<StreamLine>> lines(StreamLine... lines) {
    Map<StreamKind, List<StreamLine>> map = new EnumMap<>(StreamKind.class);
    map.put(StreamKind.METRIC_UPDATE, Arrays.asList(lines));
    return map;
  }

  private Matrix factor() {
    return index.metric(index.newest()).factor();
  }

  /** Another update comes between the reading of the newest epoch and the commit of the next. */
  @Test
  void anUpdateThatIsFasterIsTheBase() {
    Map<StreamKind, List<StreamLine>> lines =
        new EnumMap<>(lines(update(0, 1, 0))) {
          private boolean disturbed;

          @Override
          public Collection<List<StreamLine>> values() {
            if (!disturbed) {
              disturbed = true;
              stream(STREAM.replace('0', 'f')).apply(0, lines(update(0, 0, 10)));
            }
            return super.values();
          }
        };
    StreamChanges.Outcome outcome = stream(STREAM).apply(0, lines);
    assertThat(outcome.made()).isTrue();
    assertThat(outcome.epoch().epoch()).isEqualTo(3);
    assertThat(factor().values()).containsExactly(2, 0, 10, 1);
  }

  @Test
  void aMicroBatchIsTakenOnce() {
    StreamChanges stream = stream(STREAM);
    stream.apply(0, lines(update(0, 1, 0)));
    stream.apply(1, lines(update(0, 1, 0)));
    // One name a stream: the others' are not pushed out.
    assertThat(index.newest().updates()).containsExactly(STREAM + "-1");
    stream(STREAM.replace('0', 'f')).apply(7, lines(update(1, 1, 0)));
    StreamChanges.Outcome again = stream(STREAM).apply(1, lines(update(0, 1, 0)));
    assertThat(again.before()).isTrue();
    assertThat(again.epoch().epoch()).isEqualTo(3);
    assertThat(factor().values()).containsExactly(3, 1, 0, 1);
    assertThatThrownBy(() -> stream.apply(0, lines(update(0, 1, 0))))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("the index holds micro-batch 1 of this stream");
  }

  @Test
  void filesOfALaterEpochAreNotSwept() {
    index.write(IndexSegments.name(2, STREAM, 0), Metric.identity(D));
    index.write("stale", Metric.identity(D));
    index.sweep();
    assertThat(folder.resolve("index/metric/" + IndexSegments.name(2, STREAM, 0) + ".parquet"))
        .exists();
    assertThat(folder.resolve("index/metric/stale.parquet")).doesNotExist();
  }
}
