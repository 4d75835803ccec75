package dev.kindling.data.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server of a few files on this machine, which can be told to misbehave. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private boolean knowsRanges = true;
  private int cutAfter = Integer.MAX_VALUE;
  private int cuts = 0;
  private String tag = "\"1\"";

  FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/sets";
  }

  FileServer with(String name, byte[] bytes) {
    files.put("/sets/" + name, bytes);
    return this;
  }

  FileServer withoutRanges() {
    knowsRanges = false;
    return this;
  }

  /** The next answers break off after so many bytes. */
  FileServer cut(int answers, int bytes) {
    cuts = answers;
    cutAfter = bytes;
    return this;
  }

  FileServer tagged(String value) {
    tag = value;
    return this;
  }

  /** The Range header of every request so far; "all" for none. */
  List<String> ranges() {
    return List.copyOf(ranges);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = files.get(exchange.getRequestURI().getPath());
      if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String range = exchange.getRequestHeaders().getFirst("Range");
      String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
      ranges.add(range == null ? "all" : range);
      int from = 0;
      if (knowsRanges && range != null && tag.equals(ifRange)) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
      }
      if (from >= bytes.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange.getResponseHeaders().set("ETag", tag);
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
      int length = bytes.length - from;
      if (cuts > 0) {
        cuts--;
        length = Math.min(length, cutAfter);
      }
      exchange.getResponseBody().write(bytes, from, length);
      exchange.getResponseBody().flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
