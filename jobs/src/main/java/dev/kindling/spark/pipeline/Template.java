package dev.kindling.spark.pipeline;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value with {@code ${…}} in it; {@code $${} stands for {@code ${} itself. */
record Template(Place place, String text) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(\\}?)");

  /**
   * The text with every variable replaced.
   *
   * @param variables the value of a name; throws if there is none
   */
  String fill(Function<String, String> variables) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String value = "${";
      if (matcher.group(1) != null) {
        if (matcher.group(2).isEmpty()) {
          throw place.bad("'" + text + "': ${ without }; write $${ for the characters themselves");
        }
        value = variables.apply(matcher.group(1).strip());
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }
}
