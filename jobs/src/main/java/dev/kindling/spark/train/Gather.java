package dev.kindling.spark.train;

import dev.kindling.nn.Shards;
import dev.kindling.spark.job.ContentKey;
import dev.kindling.spark.job.RowBytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** From rows to bytes, for each partition they go to. */
record Gather(RowShape shape, Shards shards, PartOfBlock partitioner, long seed)
    implements PairFlatMapFunction<Iterator<Row>, Integer, byte[]> {
  /** Bytes of rows that are gathered for one partition, and for all, before they are let go. */
  private static final int CHUNK = 1 << 20;

  private static final int CHUNKS = 1 << 26;

  @Override
  public Iterator<Tuple2<Integer, byte[]>> call(Iterator<Row> rows) {
    RowBytes[] gathered = new RowBytes[partitioner.numPartitions()];
    return new Iterator<>() {
      private final List<Tuple2<Integer, byte[]>> ready = new ArrayList<>();
      private long held;

      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && rows.hasNext()) {
          add(rows.next());
        }
        if (ready.isEmpty()) {
          letGo();
        }
        return !ready.isEmpty();
      }

      @Override
      public Tuple2<Integer, byte[]> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.remove(ready.size() - 1);
      }

      private void add(Row row) {
        Vector features = row.getAs(0);
        double y = row.getDouble(1);
        double own = shape.weighted() ? row.getDouble(2) : 1;
        shape.check(features, y, own);
        double weight = shape.weight(y, own);
        if (weight == 0) {
          return;
        }
        long key = ContentKey.of(seed, features, y, own);
        int part = partitioner.of(shards.block(key));
        if (gathered[part] == null) {
          gathered[part] = new RowBytes();
        }
        int before = gathered[part].size();
        gathered[part].add(key, y, weight, features);
        held += gathered[part].size() - before;
        if (gathered[part].size() >= CHUNK) {
          held -= gathered[part].size();
          ready.add(new Tuple2<>(part, gathered[part].take()));
        } else if (held >= CHUNKS) {
          letGo();
        }
      }

      private void letGo() {
        for (int part = 0; part < gathered.length; part++) {
          if (gathered[part] != null && !gathered[part].isEmpty()) {
            ready.add(new Tuple2<>(part, gathered[part].take()));
          }
        }
        held = 0;
      }
    };
  }
}
