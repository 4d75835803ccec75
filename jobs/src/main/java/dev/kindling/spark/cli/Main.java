package dev.kindling.spark.cli;

import dev.kindling.BadInput;
import dev.kindling.DidYouMean;
import dev.kindling.data.ReadFailure;
import dev.kindling.spark.job.CheckFailed;
import dev.kindling.spark.job.ExitCode;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.KindlingSystem;
import dev.kindling.spark.job.Logging;
import dev.kindling.spark.job.Screen;
import dev.kindling.spark.pipeline.PipelineCommand;
import dev.kindling.spark.pipeline.RunCommand;
import dev.kindling.spark.setting.SettingOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of {@code kindling}, for the launcher and for spark-submit. */
public final class Main {
  /** What picocli says of a switch with a value. */
  private static final Pattern ON_OFF =
      Pattern.compile(
          "option '(--(?:\\[no-\\])?([a-z-]+))' .*should be specified without 'false' .*");

  private static final String PREFIX = "kindling: ";

  private static volatile String lastError;

  private Main() {}

  /** What a driver on YARN ends with: YARN shows it to whoever has submitted the application. */
  private static final class DriverFailed extends RuntimeException {
    DriverFailed(String line) {
      super(line, null, false, false);
    }

    @Override
    public String toString() {
      return getMessage();
    }
  }

  public static void main(String[] args) {
    int code = run(args);
    boolean onYarn =
        "yarn".equals(System.getProperty("spark.master"))
            && "cluster".equals(System.getProperty("spark.submit.deployMode"));
    if (!onYarn) {
      System.exit(code);
    }
    // The application master runs in this JVM, and takes any exit for a failure.
    if (code != ExitCode.DONE) {
      throw new DriverFailed(lastError == null ? PREFIX + "exit code " + code : lastError);
    }
  }

  /**
   * Runs a command and returns its exit code. An error is one line on stderr, with a stack trace
   * only under -v.
   */
  static int run(String... args) {
    boolean verbose = Arrays.asList(args).contains("-v");
    CommandLine line = commands(args);
    line.setParameterExceptionHandler(
        (e, words) -> {
          error(located(e.getCommandLine(), usage(e)), e, verbose);
          return ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (thrown, command, result) -> {
          Exception e = told(thrown);
          error(located(command, message(e, command.getCommandSpec())), e, verbose);
          return exit(e);
        });
    Logging.configure(verbose, logFormat(args));
    try {
      line.setDefaultValueProvider(ConfigDefaults.of(args));
      return line.execute(args);
    } catch (BadInput e) {
      error(e.getMessage(), e, verbose);
      return ExitCode.USAGE;
    }
  }

  /** The command line with all jobs; a pipeline takes a fresh one for each of its stages. */
  static CommandLine commands(String... args) {
    IFactory usual = CommandLine.defaultFactory();
    IFactory factory =
        new IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            return type == RunCommand.class
                ? type.cast(new RunCommand(() -> stages(args)))
                : usual.create(type);
          }
        };
    CommandLine line = new CommandLine(new KindlingCommand(), factory);
    CommandLine bench = new CommandLine(new BenchCommand(), factory);
    for (KindlingSystem system : Systems.ALL) {
      line.addSubcommand(system.job());
      bench.addSubcommand(system.bench());
    }
    line.addSubcommand(PredictJob.class);
    line.addSubcommand(PipelineCommand.class);
    line.addSubcommand(ReportJob.class);
    line.addSubcommand(bench);
    line.addSubcommand(DatasetsCommand.class);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(110);
    line.setOverwrittenOptionsAllowed(false);
    line.getSubcommands().values().forEach(Main::inherit);
    return line;
  }

  private static CommandLine stages(String[] args) {
    CommandLine line = commands(args);
    line.setDefaultValueProvider(ConfigDefaults.of(args));
    return line;
  }

  /** Known before the options are read, because errors in them are lines as well. */
  private static Logging.Format logFormat(String... args) {
    List<String> words = Arrays.asList(args);
    int at = words.indexOf("--log");
    return words.contains("--log=json")
            || (at >= 0 && at + 1 < words.size() && words.get(at + 1).equals("json"))
            || "json".equals(System.getProperty("spark.kindling.log"))
        ? Logging.Format.json
        : Logging.Format.text;
  }

  private static void inherit(CommandLine sub) {
    sub.setUsageHelpWidth(110);
    sub.setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** A job has judged its failure; what other commands throw may be about a file. */
  private static Exception told(Exception e) {
    return e instanceof JobFailure || e instanceof CheckFailed || e instanceof BadInput
        ? e
        : ReadFailure.of(e).map(Exception.class::cast).orElse(e);
  }

  private static int exit(Exception e) {
    if (e instanceof CheckFailed) {
      return ExitCode.CHECK_FAILED;
    }
    return e instanceof BadInput ? ExitCode.USAGE : ExitCode.FAILED;
  }

  private static String message(Exception e, CommandSpec command) {
    if (e instanceof BadInput bad) {
      return SettingOptions.message(command, bad);
    }
    if (e instanceof JobFailure || e instanceof CheckFailed) {
      return e.getMessage();
    }
    return e.getClass().getSimpleName() + ": " + e.getMessage() + "; run again with -v for more";
  }

  private static String located(CommandLine command, String message) {
    return command.getDefaultValueProvider() instanceof ConfigDefaults defaults
        ? defaults.located(message)
        : message;
  }

  private static String usage(ParameterException e) {
    if (e.getCause() instanceof BadInput bad) {
      return SettingOptions.message(e.getCommandLine().getCommandSpec(), bad);
    }
    CommandLine command = e.getCommandLine();
    String help = "; see " + command.getCommandSpec().qualifiedName() + " --help";
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      boolean option = word.startsWith("-");
      String given = option && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      List<String> known =
          option
              ? command.getCommandSpec().optionsMap().keySet().stream().toList()
              : command.getSubcommands().keySet().stream().toList();
      boolean runs = known.isEmpty() || command.getCommand() instanceof Job;
      String near = DidYouMean.of(given, known).map(n -> "; did you mean " + n + "?").orElse("");
      String kind = option ? "unknown option " : runs ? "unexpected word " : "unknown job ";
      return kind + given + near + help;
    }
    String message = e.getMessage();
    int end = message.indexOf('\n');
    message = end < 0 ? message : message.substring(0, end);
    return ON_OFF.matcher(message).replaceFirst("$1=false: give --no-$2 instead") + help;
  }

  private static void error(String message, Exception e, boolean verbose) {
    // One line whatever an exception's text holds.
    lastError = PREFIX + message.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    Logging.error(System.err, lastError);
    if (verbose) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(frame -> Screen.line(System.err, frame));
    }
  }

  static {
    // What jobs print is UTF-8 (±, ×), whatever the locale of a cron job or a container.
    System.setOut(
        new java.io.PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out),
            true,
            StandardCharsets.UTF_8));
    System.setErr(
        new java.io.PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.err),
            true,
            StandardCharsets.UTF_8));
  }
}
