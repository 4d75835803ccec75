package dev.kindling.data.table;

import dev.kindling.data.DamagedGzip;
import dev.kindling.data.FileSplit;
import dev.kindling.data.Rejected;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Reads one split to its end or to its first fault, which comes back as data. */
record SurveyTask(
    SplitTable table,
    Layout layout,
    List<FileSplit> splits,
    Broadcast<SerializableConfiguration> conf)
    implements Function<Integer, Survey> {
  @Override
  public Survey call(Integer split) throws IOException {
    Survey survey = new Survey();
    TableRow row = new TableRow(layout);
    boolean labelled = layout.has(Role.LABEL);
    try (RowCursor rows = table.open(splits.get(split), conf.value().value())) {
      try {
        while (rows.next(row)) {
          survey.add(row, labelled);
        }
      } catch (Rejected e) {
        survey.fail(e);
      }
      survey.end(rows.position() + 1);
    } catch (DamagedGzip e) {
      survey.fail(e);
    }
    return survey;
  }
}
