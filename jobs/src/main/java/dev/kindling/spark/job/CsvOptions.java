package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.SettingName;
import dev.kindling.data.table.CsvDialect;
import picocli.CommandLine.Option;

/** How the CSV files that a command reads are written. */
public final class CsvOptions {
  @Option(
      names = "--header",
      paramLabel = "auto|yes|no",
      description =
          "CSV: whether files begin with a line of names. Default: ${DEFAULT-VALUE}, as the first 100 lines look; run.json says what it came to.")
  CsvDialect.Header header = CsvDialect.Header.auto;

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = "CSV: the character between cells, or tab. Default: a comma.")
  String delimiter;

  @Option(
      names = "--decimal",
      paramLabel = ".|,",
      description = "CSV: the decimal sign of numbers. Default: ${DEFAULT-VALUE}")
  String decimal = ".";

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "CSV: of names and texts, as ISO-8859-1. Default: ${DEFAULT-VALUE}.")
  String encoding = "UTF-8";

  /**
   * What they come to.
   *
   * @throws BadInput naming the option whose value cannot be
   */
  public CsvDialect dialect() {
    return new CsvDialect(
        header,
        delimiter == null ? null : only("delimiter", delimiter),
        only("decimal", decimal),
        encoding);
  }

  private static char only(String option, String text) {
    String one = text.equals("tab") || text.equals("\\t") ? "\t" : text;
    if (one.length() != 1) {
      throw BadInput.of("%s: should be one character", SettingName.of(option, text));
    }
    return one.charAt(0);
  }
}
