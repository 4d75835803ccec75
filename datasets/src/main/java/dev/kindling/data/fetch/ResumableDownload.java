package dev.kindling.data.fetch;

import dev.kindling.BadInput;
import dev.kindling.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file by HTTP, written to a {@code .part} beside its place until it is whole. What an earlier
 * attempt has left is gone on with by a range request, if the server says that the file is still
 * the same (its ETag or date, kept in a {@code .part.tag}); a server that does not know ranges
 * sends all of it again.
 *
 * <p>A connection that breaks is made again for as long as each brings the file further than any
 * before.
 */
final class ResumableDownload {
  private static final int PATIENCE_MILLIS = 30_000;

  private final URI source;
  private final Path target;
  private final Path part;
  private final Path tag;
  private final long most;

  /**
   * @param most bytes that the file may have
   */
  ResumableDownload(URI source, Path target, long most) {
    this.source = source;
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.tag = target.resolveSibling(target.getFileName() + ".part.tag");
    this.most = most;
  }

  /**
   * Fetches it.
   *
   * @throws BadInput if the server knows no such file, or it is too large
   * @throws IOException in words for the user, if the server does not answer, or the connection
   *     breaks before the end; what has come is kept
   */
  void run() throws IOException {
    long furthest = length();
    while (true) {
      String broken = attempt();
      if (broken == null) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(tag);
        return;
      }
      if (length() <= furthest) {
        throw new IOException(
            source + ": " + broken + "; what has come is kept, the same command goes on with it");
      }
      furthest = length();
    }
  }

  private long length() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** Null when the file is whole, else what went wrong on the way. */
  private String attempt() throws IOException {
    String known = Files.exists(tag) ? Files.readString(tag).strip() : "";
    long from = known.isEmpty() ? 0 : length();
    HttpURLConnection connection = (HttpURLConnection) source.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (from > 0) {
      connection.setRequestProperty("Range", "bytes=" + from + "-");
      connection.setRequestProperty("If-Range", known);
    }
    try {
      int status = status(connection);
      if (status == 416) { // the part is longer than the file: not its beginning
        Files.delete(part);
        Files.delete(tag);
        return attempt();
      }
      requireFile(status);
      String range = connection.getHeaderField("Content-Range");
      boolean goesOn = status == 206 && range != null && range.startsWith("bytes " + from + "-");
      if (status == 206 && !goesOn) {
        throw new IOException(source + " sent another part of the file than was asked for");
      }
      return write(connection, goesOn ? from : 0);
    } finally {
      connection.disconnect();
    }
  }

  private int status(HttpURLConnection connection) throws IOException {
    try {
      return connection.getResponseCode();
    } catch (UnknownHostException e) {
      throw new IOException(
          source.getHost() + ": no address is known for this host; is there a network?", e);
    } catch (ConnectException | NoRouteToHostException e) {
      throw new IOException(source + " cannot be reached; is there a network?", e);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          source + " has not answered within " + PATIENCE_MILLIS / 1000 + " s; try again later", e);
    } catch (IOException e) {
      throw new IOException(source + ": " + reason(e) + "; try again later", e);
    }
  }

  private void requireFile(int status) throws IOException {
    if (status == 404 || status == 410) {
      throw new BadInput(source + " does not exist (status " + status + ")");
    }
    if (status != 200 && status != 206) {
      throw new IOException(source + " answered with status " + status + "; try again later");
    }
  }

  private String write(HttpURLConnection connection, long from) throws IOException {
    long expected = connection.getContentLengthLong();
    if (expected > most - from) {
      throw tooLarge();
    }
    Files.writeString(tag, tagOf(connection), StandardCharsets.UTF_8);
    long length = from;
    try (InputStream body = connection.getInputStream();
        OutputStream out =
            from > 0
                ? Files.newOutputStream(part, StandardOpenOption.APPEND)
                : Files.newOutputStream(part)) {
      byte[] buffer = new byte[1 << 16];
      while (true) {
        int count;
        try {
          count = body.read(buffer);
        } catch (IOException e) {
          return broken(length, from + expected, reason(e));
        }
        if (count < 0) {
          break;
        }
        length += count;
        if (length > most) {
          throw tooLarge();
        }
        out.write(buffer, 0, count);
      }
    }
    return expected >= 0 && length < from + expected
        ? broken(length, from + expected, "the connection was closed")
        : null;
  }

  private static String broken(long length, long expected, String reason) {
    return Words.of("ended after %,d of %,d bytes (%s)", length, expected, reason);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** What the server calls this version of the file; empty if it does not tell. */
  private static String tagOf(HttpURLConnection connection) {
    String etag = connection.getHeaderField("ETag");
    String date = connection.getHeaderField("Last-Modified");
    return etag != null && !etag.startsWith("W/") ? etag : date == null ? "" : date;
  }

  private BadInput tooLarge() {
    return BadInput.of("%s is larger than %,d bytes; it is not taken", source, most);
  }
}
