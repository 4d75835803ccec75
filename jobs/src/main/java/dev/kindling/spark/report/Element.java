package dev.kindling.spark.report;

/** Something in a section: a paragraph, a table or a plot. */
public abstract class Element {
  Element() {}

  abstract void write(Markup out);

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
