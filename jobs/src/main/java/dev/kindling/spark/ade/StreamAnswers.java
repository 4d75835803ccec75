package dev.kindling.spark.ade;

import dev.kindling.ade.Metric;
import dev.kindling.spark.ade.IndexManifest.Segment;
import dev.kindling.spark.job.StateFile;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Answers the queries of micro-batches. Images stay with the executors from one to the next, and
 * are made anew when points or metric have changed.
 */
final class StreamAnswers implements AutoCloseable {
  private static final int STATE = 0x4B51_0001;

  private final JavaSparkContext context;
  private final IndexFolder folder;
  private final Path answers;
  private final StateFile asked;
  private final PointIndex.Question question;
  private final Configuration conf;
  private PointIndex images;
  private PointBlocks points;
  private Made made;

  /** What the images were made from. */
  private record Made(String factor, List<Segment> segments) {}

  /**
   * @param answers the folder of the table
   * @param asked a file that keeps which epoch a micro-batch asks, since it must be the same when
   *     it comes again
   */
  StreamAnswers(
      JavaSparkContext context,
      IndexFolder folder,
      Path answers,
      Path asked,
      PointIndex.Question question,
      Configuration conf) {
    this.context = context;
    this.folder = folder;
    this.answers = answers;
    this.asked = new StateFile(asked, STATE, conf);
    this.question = question;
    this.conf = conf;
  }

  /** The epoch that a micro-batch has begun to ask, if it is still there. */
  private Optional<IndexManifest> begun(long batch) {
    long[] was = {-1, 0};
    asked.read(
        in -> {
          was[0] = in.readLong();
          was[1] = in.readInt();
        });
    return was[0] == batch ? folder.find((int) was[1]) : Optional.empty();
  }

  /**
   * Writes the answers of a micro-batch. Coming again, it asks the same epoch, unless two others
   * have been made since.
   *
   * @param queries in order, of {@link StreamKind#QUERY}
   * @param now the epoch that it has made or found
   */
  SearchTally answer(long batch, List<StreamLine> queries, IndexManifest now) {
    IndexManifest epoch = begun(batch).orElse(now);
    asked.write(
        out -> {
          out.writeLong(batch);
          out.writeInt(epoch.epoch());
        });
    renew(epoch);
    List<Object[]> rows =
        queries.stream()
            .map(q -> new Object[] {q.first(), PointBlock.NO_LABEL, q.numbers()})
            .toList();
    int d = epoch.dimension();
    PointBlocks blocks = PointBlocks.of(context, PointBlock.cut(d, true, rows, 0), d, true);
    NeighborTables.MicroBatch micro = new NeighborTables.MicroBatch(batch, epoch.epoch());
    NeighborTables out = NeighborTables.of(micro, answers, points, blocks, conf);
    return images.ask(blocks, question, out, new SearchState(), () -> {});
  }

  private void renew(IndexManifest epoch) {
    Made wanted = new Made(epoch.factor(), epoch.segments());
    if (wanted.equals(made)) {
      return;
    }
    close();
    Metric metric = folder.metric(epoch);
    points =
        PointBlocks.of(
            context, IndexSegments.of(folder, epoch.dimension(), epoch.namedInWords()), epoch);
    images = PointIndex.of(context, points, metric, epoch.mean());
    made = wanted;
  }

  @Override
  public void close() {
    if (images != null) {
      images.close();
      images = null;
      made = null;
    }
  }
}
