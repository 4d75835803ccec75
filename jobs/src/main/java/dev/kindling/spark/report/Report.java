package dev.kindling.spark.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page {@code report.html}: what ran, what came out, plots, and where it came from.
 *
 * <p>One file that needs nothing else: style and plots are inline, nothing is fetched. It follows
 * the reader's choice of light or dark and prints in light. The same calls give the same bytes.
 */
public final class Report {
  /** A browser that is tricked into fetching something is told not to. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final String title;
  private String summary = "";
  private final Map<String, String> figures = new LinkedHashMap<>();
  private final List<Section> sections = new ArrayList<>();
  private final Map<String, String> provenance = new LinkedHashMap<>();

  private record Section(String title, List<Element> elements) {}

  private Report(String title) {
    this.title = title;
  }

  public static Report titled(String title) {
    return new Report(title);
  }

  /** One paragraph under the title: what ran on what, and the result in words. */
  public Report summary(String text) {
    summary = text;
    return this;
  }

  /**
   * What a run came to: before other key figures, and the summary where there is none.
   *
   * @param sentence what was found
   * @param its figures
   */
  public Report outcome(String sentence, Map<String, String> its) {
    summary = summary.isEmpty() ? sentence : summary;
    Map<String, String> all = new LinkedHashMap<>(its);
    figures.forEach(all::putIfAbsent);
    figures.clear();
    figures.putAll(all);
    return this;
  }

  /** Adds a key figure: a few words, and a number with its unit. */
  public Report figure(String name, String value) {
    figures.put(name, value);
    return this;
  }

  /**
   * Adds a section.
   *
   * @param found the sentence that says what was found, which the section begins with
   */
  public Report section(String title, String found, Element... elements) {
    List<Element> all = new ArrayList<>(List.of(Element.paragraph(found)));
    all.addAll(List.of(elements));
    sections.add(new Section(title, all));
    return this;
  }

  /** Adds entries to the last section: job, version, options, seed, input, command line. */
  public Report provenance(Map<String, String> entries) {
    provenance.putAll(entries);
    return this;
  }

  /** The page. */
  public String html() {
    Markup out = new Markup();
    out.open("html", "lang", "en").newline().open("head").newline();
    out.empty("meta", "charset", "utf-8").newline();
    out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.newline();
    out.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY).newline();
    out.leaf("title", title).newline().style(css()).newline().close().newline();
    out.open("body").open("main").newline();
    out.open("header").leaf("h1", title);
    if (!summary.isEmpty()) {
      out.leaf("p", summary, "class", "summary");
    }
    out.close().newline();
    pairs(out, figures, "cards");
    for (Section section : sections) {
      out.open("section").leaf("h2", section.title).newline();
      section.elements.forEach(element -> element.write(out));
      out.close().newline();
    }
    if (!provenance.isEmpty()) {
      out.open("section").leaf("h2", "Where this comes from").newline();
      pairs(out, provenance, "provenance");
      out.close().newline();
    }
    out.close().close().newline().close();
    return "<!DOCTYPE html>\n" + out.finish() + "\n";
  }

  private static void pairs(Markup out, Map<String, String> pairs, String style) {
    if (pairs.isEmpty()) {
      return;
    }
    out.open("dl", "class", style).newline();
    pairs.forEach(
        (name, value) -> out.open("div").leaf("dt", name).leaf("dd", value).close().newline());
    out.close().newline();
  }

  private static String css() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
