package dev.kindling.spark.ade;

import dev.kindling.spark.ade.IndexManifest.Segment;
import dev.kindling.spark.job.StateFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Answers the queries of micro-batches. Images stay with the executors from one to the next. Where
 * points have changed, those of their files are made anew; where the metric has, all are, and do
 * not follow it: a micro-batch that comes again must have the same bits.
 */
final class StreamAnswers implements AutoCloseable {
  private static final int STATE = 0x4B51_0001;

  private final JavaSparkContext context;
  private final IndexFolder folder;
  private final Path answers;
  private final StateFile asked;
  private final TileScan.Question question;
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
      TileScan.Question question,
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
    IndexSegments files = IndexSegments.of(folder, epoch);
    PointBlocks all = PointBlocks.of(context, files, epoch);
    if (made != null && made.factor().equals(wanted.factor())) {
      images.replace(
          files.read(context, without(wanted, made)), blocks(without(made, wanted)), all::blocks);
    } else {
      close();
      images = PointIndex.of(context, all, folder.metric(epoch), epoch.origin());
    }
    points = all;
    made = wanted;
  }

  private static List<Segment> without(Made one, Made other) {
    List<Segment> rest = new ArrayList<>(one.segments());
    rest.removeAll(Set.copyOf(other.segments()));
    return rest;
  }

  private static Set<Integer> blocks(List<Segment> segments) {
    Set<Integer> numbers = new HashSet<>();
    for (Segment segment : segments) {
      for (int b = 0; b < segment.blocks(); b++) {
        numbers.add(segment.firstBlock() + b);
      }
    }
    return numbers;
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
