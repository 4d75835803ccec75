package dev.kindling.data.table;

import dev.kindling.data.Rejected;
import java.io.Closeable;
import java.io.IOException;

/** The rows of one split, one after the other. */
interface RowCursor extends Closeable {
  /**
   * Fills in the next row.
   *
   * @return false when the split has no more
   * @throws Rejected when the row cannot be used; the cursor is of no use afterwards
   */
  boolean next(TableRow row) throws IOException, Rejected;

  /**
   * The line of a text file, the row of a binary one, that was read last; counted from 0 within the
   * split, and −1 before the first.
   */
  long position();
}
