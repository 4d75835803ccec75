package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.Words;
import dev.kindling.spark.job.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Makes stages of their texts: fills in variables, finds the job, gives it its options and lets it
 * check them.
 */
final class Binder {
  /** What the pipeline decides, or what is no option of a run. */
  private static final Set<String> NOT_HERE =
      Set.of("output", "resume", "overwrite", "plan", "config", "help", "version", "v", "q", "h");

  private final Supplier<CommandLine> commands;
  private final Map<String, String> variables;
  private final List<String> everyStage;
  private final List<String> more;
  private final Map<String, Stage> bound = new LinkedHashMap<>();

  /**
   * @param commands makes a fresh command line with all jobs
   * @param variables parameters, home and date
   * @param everyStage names, to tell a forward reference from a wrong one
   * @param more words that every job gets unless its stage gives them
   */
  Binder(
      Supplier<CommandLine> commands,
      Map<String, String> variables,
      List<String> everyStage,
      List<String> more) {
    this.commands = commands;
    this.variables = variables;
    this.everyStage = everyStage;
    this.more = more;
  }

  /**
   * Binds the next stage.
   *
   * @throws BadInput with file and line
   */
  Stage bind(StageText text) {
    Set<String> uses = new TreeSet<>();
    for (String name : text.after()) {
      stage(text.place(), name);
      uses.add(name);
    }
    String output =
        text.output() == null
            ? variables.get("home") + "/" + text.name()
            : text.output().fill(name -> value(text.output().place(), name, uses));
    checkOutput(text, output);
    CommandSpec spec = spec(text);
    List<String> words = new ArrayList<>(text.job());
    words.addAll(List.of("--output", output));
    Map<String, String> symbolic = new LinkedHashMap<>();
    text.options()
        .forEach(
            (key, option) -> {
              OptionSpec known = option(spec, text, key, option.place());
              String filled = fill(option, n -> value(option.place(), n, uses));
              addWords(words, spec, known, key, filled, option);
              Set<String> here = new TreeSet<>();
              String symbols = fill(option, n -> symbol(option.place(), n, here));
              if (!here.isEmpty()) {
                symbolic.put(known.longestName().replaceFirst("^-+", ""), symbols);
              }
            });
    for (String word : more) {
      String option = word.replaceFirst("=.*", "");
      if (spec.optionsMap().containsKey(option)
          && !text.options().containsKey(option.replaceFirst("^-+", ""))) {
        words.add(word);
      }
    }
    return checked(text, output, words, symbolic, uses);
  }

  private Stage checked(
      StageText text,
      String output,
      List<String> words,
      Map<String, String> symbolic,
      Set<String> uses) {
    Supplier<Job> fresh = () -> job(text, words);
    Job job = fresh.get();
    List<String> reads;
    try {
      reads = job.verify();
    } catch (BadInput e) {
      throw text.place().bad("stage " + text.name() + ": " + e.getMessage(), e);
    }
    List<String> external = new ArrayList<>();
    for (String path : reads) {
      Stage of =
          bound.values().stream().filter(s -> isIn(s.output(), path)).findFirst().orElse(null);
      if (of == null) {
        external.add(path);
      } else {
        uses.add(of.name());
      }
    }
    Map<String, String> options = new LinkedHashMap<>(job.decisiveOptions());
    options.put("export", String.valueOf(job.common().exportsCsv()));
    options.putAll(symbolic);
    Stage stage =
        new Stage(
            text.name(),
            fresh,
            String.join(" ", text.job()),
            output,
            options,
            List.copyOf(uses),
            external,
            text.retries(),
            text.backoff());
    bound.put(text.name(), stage);
    return stage;
  }

  private static boolean isIn(String folder, String path) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  private void checkOutput(StageText text, String output) {
    Place place = text.output() == null ? text.place() : text.output().place();
    if (isIn(output, variables.get("home"))) {
      throw place.bad("output " + output + " holds the pipeline's home; give another");
    }
    for (Stage other : bound.values()) {
      if (isIn(other.output(), output) || isIn(output, other.output())) {
        throw place.bad(
            "output " + output + " overlaps that of stage " + other.name() + "; give another");
      }
    }
  }

  private static String fill(StageText.Option option, Function<String, String> values) {
    return String.join(",", option.values().stream().map(v -> v.fill(values)).toList());
  }

  private String value(Place place, String name, Set<String> uses) {
    if (variables.containsKey(name)) {
      return variables.get(name);
    }
    Stage stage = stage(place, name);
    uses.add(name);
    return stage.output();
  }

  private String symbol(Place place, String name, Set<String> uses) {
    if (variables.containsKey(name)) {
      return variables.get(name);
    }
    stage(place, name);
    uses.add(name);
    return "${" + name + "}";
  }

  private Stage stage(Place place, String name) {
    if (bound.containsKey(name)) {
      return bound.get(name);
    }
    if (everyStage.contains(name)) {
      throw place.bad(
          "${" + name + "} is no earlier stage; move stage " + name + " before this one");
    }
    Set<String> known = new TreeSet<>(variables.keySet());
    known.addAll(bound.keySet());
    throw place.unknown("variable", name, known);
  }

  private CommandSpec spec(StageText text) {
    CommandLine line = commands.get();
    for (String word : text.job()) {
      CommandLine sub = line.getSubcommands().get(word);
      if (sub == null && !line.getCommandSpec().positionalParameters().isEmpty()) {
        break; // the job's own words: datasets make random
      }
      if (sub == null) {
        throw text.place().unknown("job", word, new TreeSet<>(line.getSubcommands().keySet()));
      }
      line = sub;
    }
    if (!(line.getCommandSpec().userObject() instanceof Job)
        || line.getCommandSpec().userObject() instanceof RunCommand) {
      throw text.place()
          .bad(
              Words.of(
                  "job %s makes no run directory; give one that does",
                  String.join(" ", text.job())));
    }
    return line.getCommandSpec();
  }

  private static OptionSpec option(CommandSpec spec, StageText text, String key, Place place) {
    if (NOT_HERE.contains(key)) {
      throw place.bad("option " + key + ": that is decided by the pipeline; leave it out");
    }
    OptionSpec option = spec.optionsMap().get("--" + key);
    if (option == null) {
      List<String> known =
          spec.optionsMap().keySet().stream()
              .filter(name -> name.startsWith("--"))
              .map(name -> name.substring(2))
              .filter(name -> !NOT_HERE.contains(name))
              .sorted()
              .toList();
      throw place.unknown(
          "option of " + String.join(" ", text.job()),
          key,
          known,
          "see " + spec.qualifiedName() + " --help");
    }
    return option;
  }

  private static void addWords(
      List<String> words,
      CommandSpec spec,
      OptionSpec known,
      String key,
      String value,
      StageText.Option option) {
    boolean flag = known.arity().max() == 0;
    if (!flag) {
      words.add("--" + key + "=" + value);
      return;
    }
    boolean on = value.equals("true");
    if ((!on && !value.equals("false")) || option.values().size() != 1) {
      throw option.place().bad(key + " " + value + ": should be true or false");
    }
    if (on) {
      words.add("--" + key);
    } else if (known.negatable()) {
      words.add(spec.negatableOptionTransformer().makeNegative("--" + key, spec));
    }
  }

  private Job job(StageText text, List<String> words) {
    try {
      ParseResult parsed = commands.get().parseArgs(words.toArray(String[]::new));
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      return (Job) parsed.commandSpec().userObject();
    } catch (ParameterException e) {
      String message = e.getMessage().lines().findFirst().orElse("");
      throw text.place().bad("stage " + text.name() + ": " + message, e);
    }
  }
}
