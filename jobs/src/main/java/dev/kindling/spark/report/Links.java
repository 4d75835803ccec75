package dev.kindling.spark.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** A list of links to other pages, by preference with relative addresses. */
public final class Links extends Element {
  private final Map<String, String> links = new LinkedHashMap<>();

  private Links() {}

  public static Links none() {
    return new Links();
  }

  /** Adds a link under its text. */
  public Links to(String text, String address) {
    links.put(text, address);
    return this;
  }

  @Override
  void write(Markup out) {
    if (links.isEmpty()) {
      out.leaf("p", "No pages.", "class", "note").newline();
      return;
    }
    out.open("ul").newline();
    links.forEach(
        (text, address) -> out.open("li").leaf("a", text, "href", address).close().newline());
    out.close().newline();
  }
}
