package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML 1.2 text of at most 1 MiB as nodes that know their lines. Standard types only: nothing in
 * it makes an object. Nesting and aliases are limited.
 */
final class YamlText {
  static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_NESTED = 10;

  /** A plain ${…} has a type of its own here; whether it is a variable of ours is told later. */
  private static final List<Tag> STANDARD =
      List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.ENV_TAG);

  private static final int MOST_ALIASES = 100;

  private final String file;

  YamlText(String file) {
    this.file = file;
  }

  /**
   * @throws BadInput with the line if the text is no YAML, or too much of it
   */
  Node parse(String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(MOST_CHARACTERS).build();
    try {
      if (text.length() > MOST_CHARACTERS) {
        throw new BadInput(file + ": more than 1 MiB of text; a pipeline is shorter");
      }
      checkLimits(new Parse(settings).parseString(text));
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> new Place(file, 1).bad("empty; give a list of stages"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0);
      String hint = line(text, line).contains("${") ? "; inside [ ] write \"${…}\" in quotes" : "";
      throw new Place(file, line + 1).bad("not YAML: " + e.getProblem() + hint, e);
    } catch (ReaderException e) {
      int end = Math.min(text.length(), text.offsetByCodePoints(0, Math.max(0, e.getPosition())));
      int line = (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
      throw new Place(file, line + 1)
          .bad(Words.of("a character that YAML does not allow: U+%04X", e.getCodePoint()), e);
    } catch (YamlEngineException e) {
      throw new Place(file, 1).bad("not YAML: " + e.getMessage(), e);
    }
  }

  private static String line(String text, int number) {
    return text.lines().skip(number).findFirst().orElse("");
  }

  private void checkLimits(Iterable<Event> events) {
    int depth = 0;
    int aliases = 0;
    for (Event event : events) {
      switch (event.getEventId()) {
        case SequenceStart, MappingStart -> depth++;
        case SequenceEnd, MappingEnd -> depth--;
        case Alias -> aliases++;
        default -> {}
      }
      int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
      if (depth > MOST_NESTED) {
        throw new Place(file, line).bad("nested more than " + MOST_NESTED + " deep");
      }
      if (aliases > MOST_ALIASES) {
        throw new Place(file, line).bad("more than " + MOST_ALIASES + " aliases");
      }
    }
  }

  Place place(Node node) {
    return new Place(file, node.getStartMark().map(Mark::getLine).orElse(0) + 1);
  }

  /** The values by their keys, in order. */
  Map<String, Node> map(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw place(node).bad(what + " should be a map of keys and values");
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalar(tuple.getKeyNode(), "a key of " + what);
      if (values.put(key, tuple.getValueNode()) != null) {
        throw place(tuple.getKeyNode()).bad("key " + key + " is given twice; leave one out");
      }
    }
    return values;
  }

  List<Node> list(Node node, String what) {
    if (!(node instanceof SequenceNode sequence)) {
      throw place(node).bad(what + " should be a list");
    }
    return sequence.getValue();
  }

  /** The text of one value as it is written. */
  String scalar(Node node, String what) {
    if (!(node instanceof ScalarNode scalar)) {
      throw place(node).bad(what + " should be one value, not a list or a map");
    }
    if (!scalar.isPlain() && scalar.getTag().equals(Tag.STR)) {
      return scalar.getValue();
    }
    if (!STANDARD.contains(scalar.getTag())) {
      throw place(node)
          .bad(
              what
                  + (scalar.getTag().equals(Tag.NULL)
                      ? " is empty; give a value or leave the key out"
                      : " has the type " + scalar.getTag() + "; give plain text or a number"));
    }
    return scalar.getValue();
  }

  static boolean isList(Node node) {
    return node instanceof SequenceNode;
  }
}
