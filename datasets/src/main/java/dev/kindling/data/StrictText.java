package dev.kindling.data;

import dev.kindling.Words;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text whose bytes must be of the encoding that they are read in: none is replaced in silence. */
public final class StrictText {
  private StrictText() {}

  /**
   * The text of bytes[from, to).
   *
   * @throws Rejected naming the first byte that the encoding does not have there
   */
  public static String of(byte[] bytes, int from, int to, Charset encoding) throws Rejected {
    if (isAscii(bytes, from, to)) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    CharsetDecoder decoder =
        encoding
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out =
        CharBuffer.allocate((int) Math.ceil((to - from) * (double) decoder.maxCharsPerByte()));
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new Rejected(
          Words.of(
              "byte 0x%02X before '%s' is not %s",
              bytes[in.position()],
              new String(
                      bytes,
                      in.position() + 1,
                      Math.min(8, to - in.position() - 1),
                      StandardCharsets.US_ASCII)
                  .replaceAll("\\p{Cntrl}", "?"),
              encoding));
    }
    decoder.flush(out);
    return out.flip().toString();
  }

  /**
   * For the first line of a file, whose bytes alone can tell.
   *
   * @throws Rejected if the file is no text of one byte a plain character
   */
  public static void requireBytesOfText(byte[] bytes, int from, int to) throws Rejected {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) {
        throw Rejected.ofFile(
            "looks like UTF-16, since every other byte of its first line is zero; save it as UTF-8");
      }
    }
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
