package dev.kindling.data.table;

import dev.kindling.BadInput;
import dev.kindling.data.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * What the head of a NumPy file (versions 1 to 3) says: a table of 4- or 8-byte floats.
 *
 * @param dataStart where the numbers begin, bytes
 * @param width bytes of a number: 4 or 8
 */
record NpyHeader(
    long dataStart, int width, boolean bigEndian, boolean fortranOrder, long rows, int columns)
    implements Serializable {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own headers have 128 bytes or a few more. */
  private static final int LONGEST_HEADER = 1 << 16;

  /** A row must fit in one array. */
  private static final int MOST_COLUMNS = 1 << 27;

  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*('[^']*'|\\[.*?\\])");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L,\\s]*)\\)");
  private static final Pattern FLOAT = Pattern.compile("'([<>])f([48])'");

  ByteOrder byteOrder() {
    return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  long rowBytes() {
    return (long) columns * width;
  }

  /**
   * Reads the head and compares it with the size of the file.
   *
   * @throws BadInput when the file is no table of floats, or is shorter or longer than it says
   */
  static NpyHeader read(InputFile file, Configuration conf) throws IOException {
    try (InputStream in = file.open(conf)) {
      byte[] magic = in.readNBytes(8);
      if (magic.length < 8 || !Arrays.equals(magic, 0, 6, MAGIC, 0, 6)) {
        throw BadInput.of(
            "%s does not begin as a NumPy file does; save it with numpy.save", file.name());
      }
      int version = magic[6];
      if (version < 1 || version > 3) {
        throw BadInput.of(
            "%s: NumPy format version %s; versions 1 to 3 are read", file.name(), version);
      }
      long length = littleEndian(in.readNBytes(version == 1 ? 2 : 4));
      if (length > LONGEST_HEADER) {
        throw BadInput.of(
            "%s: a header of %s bytes; %s are allowed", file.name(), length, LONGEST_HEADER);
      }
      byte[] text = in.readNBytes((int) length);
      if (text.length < length) {
        throw BadInput.of(
            "%s: %s bytes, the header alone has %s", file.name(), file.length(), length);
      }
      long dataStart = 8L + (version == 1 ? 2 : 4) + length;
      return parse(file, new String(text, StandardCharsets.UTF_8), dataStart);
    } catch (EOFException e) {
      throw new BadInput(file.name() + ": the file ends within its header", e);
    }
  }

  private static NpyHeader parse(InputFile file, String text, long dataStart) {
    String descr = field(file, DESCR, text, "descr");
    Matcher type = FLOAT.matcher(descr);
    if (!type.matches()) {
      throw BadInput.of(
          "%s: dtype %s; float32 and float64 are read: save x.astype('float64')",
          file.name(), descr.replace("'", ""));
    }
    String shape = field(file, SHAPE, text, "shape").replaceAll("[L\\s]", "");
    String[] sizes = shape.isEmpty() ? new String[0] : shape.split(",");
    if (sizes.length != 2) {
      throw BadInput.of(
          "%s: shape (%s) has %s%s; a table has 2: save x.reshape(len(x), -1)",
          file.name(), shape, sizes.length, sizes.length == 1 ? " dimension" : " dimensions");
    }
    long rows = size(file, sizes[0], Long.MAX_VALUE / 16 / MOST_COLUMNS);
    int columns = (int) size(file, sizes[1], MOST_COLUMNS);
    if (columns == 0) {
      throw new BadInput(file.name() + ": shape (" + shape + ") has no column");
    }
    boolean fortran = field(file, ORDER, text, "fortran_order").equals("True");
    int width = type.group(2).charAt(0) - '0';
    boolean bigEndian = type.group(1).equals(">");
    NpyHeader header = new NpyHeader(dataStart, width, bigEndian, fortran, rows, columns);
    long promised = dataStart + rows * header.rowBytes();
    if (promised != file.length()) {
      throw BadInput.of(
          "%s: %s bytes; its header promises %s%s",
          file.name(),
          file.length(),
          promised,
          promised > file.length() ? ": was it cut short? Copy it again" : "");
    }
    return header;
  }

  private static String field(InputFile file, Pattern pattern, String text, String name) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new BadInput(file.name() + ": the NumPy header has no readable " + name);
    }
    return matcher.group(1);
  }

  private static long size(InputFile file, String digits, long most) {
    if (digits.isEmpty() || digits.length() > 18 || Long.parseLong(digits) > most) {
      throw BadInput.of(
          "%s: a dimension of %s is more than the %s allowed", file.name(), digits, most);
    }
    return Long.parseLong(digits);
  }

  private static long littleEndian(byte[] bytes) throws EOFException {
    if (bytes.length != 2 && bytes.length != 4) {
      throw new EOFException();
    }
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[i] & 0xFF);
    }
    return value;
  }
}
