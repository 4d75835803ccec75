package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.data.DamagedGzip;
import dev.kindling.data.InputFile;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * The head of an IDX file of unsigned bytes: bytes 0 0 8 n, then n sizes as big-endian ints.
 *
 * @param rows the first size
 * @param columns the product of the others, 1 when there is none
 */
record IdxHeader(int dataStart, long rows, int columns) implements Serializable {
  private static final int UNSIGNED_BYTE = 8;
  private static final int MOST_DIMENSIONS = 8;
  private static final long MOST_COLUMNS = 1 << 27;

  /** Bytes of the whole file, decompressed. */
  long fileBytes() {
    return dataStart + rows * columns;
  }

  /**
   * Reads the head and, of an uncompressed file, compares it with the file's size.
   *
   * @throws BadInput when the file is no IDX file of unsigned bytes, or shorter or longer than it
   *     says
   */
  static IdxHeader read(InputFile file, Configuration conf) throws IOException {
    try (DataInputStream in = new DataInputStream(file.content(conf))) {
      int magic = in.readInt();
      int dimensions = magic & 0xFF;
      boolean known = magic >>> 8 == UNSIGNED_BYTE && dimensions >= 1;
      if (!known || dimensions > MOST_DIMENSIONS) {
        throw new BadInput(
            Words.of(
                "%s: magic number 0x%08X; an IDX file of unsigned bytes has 0x00000801 (labels) or"
                    + " 0x00000803 (images)",
                file.name(), magic));
      }
      long rows = in.readInt();
      long columns = 1;
      for (int i = 1; i < dimensions; i++) {
        int size = in.readInt();
        if (size < 1 || columns * size > MOST_COLUMNS) {
          throw BadInput.of(
              "%s: dimension %s is %s; a row has 1 to %s values",
              file.name(), i + 1, size, MOST_COLUMNS);
        }
        columns *= size;
      }
      if (rows < 0) {
        throw new BadInput(file.name() + ": the header says " + rows + " rows");
      }
      IdxHeader header = new IdxHeader(4 + 4 * dimensions, rows, (int) columns);
      if (!file.gzipped() && file.length() != header.fileBytes()) {
        throw new BadInput(file.name() + ": " + header.wrongSize(file.length()));
      }
      return header;
    } catch (DamagedGzip e) {
      throw new BadInput(file.name() + ": " + e.getMessage(), e);
    } catch (EOFException e) {
      throw BadInput.of(
          e, "%s: %s bytes; the file ends within its header", file.name(), file.length());
    }
  }

  /** The message for a file that has this many bytes, decompressed. */
  String wrongSize(long bytes) {
    return Words.of(
        "%s bytes; its header promises %s%s",
        bytes, fileBytes(), bytes < fileBytes() ? ": was it cut short? Copy it again" : "");
  }
}
