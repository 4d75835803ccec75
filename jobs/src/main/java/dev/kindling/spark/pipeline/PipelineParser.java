package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a pipeline's file: a map with {@code stages}, or their list alone. */
final class PipelineParser {
  private static final Set<String> KEYS =
      new TreeSet<>(List.of("name", "home", "parameters", "retries", "backoff", "stages"));
  private static final Set<String> TAKEN = Set.of("home", "date", "history");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)?");
  private static final int MOST_RETRIES = 100;

  private final YamlText yaml;

  private PipelineParser(String file) {
    this.yaml = new YamlText(file);
  }

  /**
   * @param file the name that messages quote
   * @param defaultName of a pipeline that gives itself none
   * @throws BadInput with file and line
   */
  static PipelineText parse(String file, String defaultName, String text) {
    return new PipelineParser(file).pipeline(defaultName, text);
  }

  private PipelineText pipeline(String defaultName, String text) {
    Node root = yaml.parse(text);
    Map<String, Node> map =
        YamlText.isList(root) ? Map.of("stages", root) : yaml.map(root, "the pipeline");
    for (Map.Entry<String, Node> entry : map.entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        throw yaml.place(entry.getValue()).unknown("key", entry.getKey(), KEYS);
      }
    }
    Node named = map.get("name");
    String name = named == null ? defaultName : yaml.scalar(named, "name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw yaml.place(named == null ? root : named)
          .bad("name '" + name + "': should be letters, digits, '-', '_' and '.'; give another");
    }
    Node home = map.get("home");
    Template folder =
        home == null
            ? new Template(yaml.place(root), "kindling-runs/" + name)
            : new Template(yaml.place(home), yaml.scalar(home, "home"));
    Map<String, String> parameters = parameters(map.get("parameters"));
    if (!map.containsKey("stages")) {
      throw yaml.place(root).bad("no stages; give a list of them under the key stages");
    }
    List<StageText> stages = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (Node node : yaml.list(map.get("stages"), "stages")) {
      StageText stage = stage(node, map);
      if (parameters.containsKey(stage.name()) || !names.add(stage.name())) {
        throw stage.place().bad("the name " + stage.name() + " is taken; give the stage another");
      }
      stages.add(stage);
    }
    if (stages.isEmpty()) {
      throw yaml.place(map.get("stages")).bad("no stages; a pipeline needs at least one");
    }
    return new PipelineText(name, folder, parameters, stages);
  }

  private Map<String, String> parameters(Node node) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (node != null) {
      yaml.map(node, "parameters")
          .forEach(
              (name, value) -> {
                checkName("parameter", name, value);
                parameters.put(name, yaml.scalar(value, "parameter " + name));
              });
    }
    return parameters;
  }

  private void checkName(String what, String name, Node node) {
    if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
      throw yaml.place(node)
          .bad(
              Words.of(
                  "%s '%s': a name should be letters, digits, '-' and '_', and not home, date or history; give another",
                  what, name));
    }
  }

  private StageText stage(Node node, Map<String, Node> defaults) {
    Map<String, Node> map = new LinkedHashMap<>(yaml.map(node, "a stage"));
    Place place = yaml.place(node);
    for (String key : List.of("name", "job")) {
      if (!map.containsKey(key)) {
        throw place.bad("a stage without " + key + "; give it one");
      }
    }
    Node named = map.remove("name");
    String name = yaml.scalar(named, "name");
    checkName("stage", name, named);
    List<String> job = List.of(yaml.scalar(map.remove("job"), "job").strip().split("\\s+"));
    Node output = map.remove("output");
    Node retries = either(map.remove("retries"), defaults.get("retries"));
    Node backoff = either(map.remove("backoff"), defaults.get("backoff"));
    Node after = map.remove("after");
    Map<String, StageText.Option> options = new LinkedHashMap<>();
    map.forEach((key, value) -> options.put(key, option(key, value)));
    return new StageText(
        place,
        name,
        job,
        options,
        output == null ? null : template(output, "output"),
        retries == null ? 2 : count(retries),
        backoff == null ? Duration.ofSeconds(10) : duration(backoff),
        after == null
            ? List.of()
            : option("after", after).values().stream().map(Template::text).toList());
  }

  private static Node either(Node own, Node ofAll) {
    return own == null ? ofAll : own;
  }

  private StageText.Option option(String key, Node value) {
    List<Template> values = new ArrayList<>();
    if (YamlText.isList(value)) {
      for (Node each : yaml.list(value, key)) {
        Template template = template(each, key);
        if (template.text().contains(",")) {
          throw template
              .place()
              .bad(
                  Words.of(
                      "'%s': a value in a list of %s cannot hold a comma", template.text(), key));
        }
        values.add(template);
      }
      if (values.isEmpty()) {
        throw yaml.place(value).bad(key + " is an empty list; leave the key out");
      }
    } else {
      values.add(template(value, key));
    }
    return new StageText.Option(yaml.place(value), values);
  }

  private Template template(Node node, String what) {
    return new Template(yaml.place(node), yaml.scalar(node, what));
  }

  private int count(Node node) {
    String text = yaml.scalar(node, "retries");
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > MOST_RETRIES) {
      throw yaml.place(node)
          .bad("retries " + text + ": should be a number from 0 to " + MOST_RETRIES);
    }
    return Integer.parseInt(text);
  }

  private Duration duration(Node node) {
    String text = yaml.scalar(node, "backoff");
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw yaml.place(node).bad("backoff " + text + ": should be a time such as 500ms, 10s or 2m");
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
