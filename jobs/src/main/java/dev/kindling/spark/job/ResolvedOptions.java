package dev.kindling.spark.job;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What every option of a run came to, from the command line, configuration, a file or its default.
 */
final class ResolvedOptions {
  /** Options that change what is shown or where, not what is computed. */
  private static final Set<String> PRESENTATION =
      Set.of(
          "output",
          "resume",
          "overwrite",
          "plan",
          "export",
          "config",
          "v",
          "q",
          "patience",
          "log",
          "prometheus");

  private final Map<String, Object> values = new LinkedHashMap<>();

  ResolvedOptions(CommandSpec command) {
    for (OptionSpec option : command.options()) {
      if (!option.usageHelp()) {
        values.put(option.longestName().replaceFirst("^-+", ""), plain(option.getValue()));
      }
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Collection<?> one && one.size() == 1) {
      return plain(one.iterator().next()); // a number stays one
    }
    if (value instanceof Collection<?> several) {
      return String.join(",", several.stream().map(String::valueOf).toList());
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  /** By name without dashes. */
  Map<String, Object> values() {
    return Collections.unmodifiableMap(values);
  }

  /** Those that decide what is computed, as text. */
  Map<String, String> decisive() {
    Map<String, String> decisive = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!PRESENTATION.contains(name)) {
            decisive.put(name, String.valueOf(value));
          }
        });
    return decisive;
  }

  /** As they would stand on a command line. */
  String text() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) -> {
          if (value != null && !Boolean.FALSE.equals(value)) {
            text.append(name.length() == 1 ? "-" : "--")
                .append(name)
                .append(Boolean.TRUE.equals(value) ? "" : " " + value)
                .append("  ");
          }
        });
    return text.toString().strip();
  }
}
