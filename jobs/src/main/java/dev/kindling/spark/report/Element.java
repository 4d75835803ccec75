package dev.kindling.spark.report;

/** Something in a section: a paragraph, a table or a plot. */
public abstract class Element {
  Element() {}

  abstract void write(Markup out);

  /** A paragraph that leads to another page; nothing is fetched before a reader asks for it. */
  public static Element link(String text, String href) {
    return new Element() {
      @Override
      void write(Markup out) {
        out.open("p").leaf("a", text, "href", href).close().newline();
      }
    };
  }

  /** A paragraph of plain text. */
  public static Element paragraph(String text) {
    return new Element() {
      @Override
      void write(Markup out) {
        out.leaf("p", text).newline();
      }
    };
  }
}
