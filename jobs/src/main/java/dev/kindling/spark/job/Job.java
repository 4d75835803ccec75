package dev.kindling.spark.job;

import dev.kindling.BadInput;
import dev.kindling.spark.setting.SettingOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that reads data, computes on Spark and leaves a run directory. */
public abstract class Job implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin CommonOptions common;

  @Mixin HelpOption help;

  /** The words on the command line and in {@code run.json}: "gntk", "datasets convert". */
  public String name() {
    return spec.qualifiedName(" ").substring(spec.root().name().length()).strip();
  }

  /** Options that are true of every job. */
  public CommonOptions common() {
    return common;
  }

  /**
   * Checks what the options alone can tell, before anything is started, and keeps what they come
   * to.
   *
   * @throws BadInput naming the option, its value and what it may be
   */
  protected abstract void check();

  /**
   * Settles options that earlier runs decide. Comes after {@link #check}, when what the job reads
   * is there: a pipeline checks all its jobs before it runs the first.
   *
   * @throws BadInput if an earlier run cannot be used, or an option contradicts it
   */
  protected void settle() {}

  /** What the run reads, as the user named it; for {@code run.json} and the report. */
  protected abstract String input();

  /**
   * Every path that the run reads, as the user named it, files and folders alike. What is built in
   * belongs to the build.
   */
  protected abstract List<String> reads();

  /** Whether the run begins by starting Spark. */
  protected boolean startsSpark() {
    return true;
  }

  /** Reads, computes, and hands the results to {@code run}. */
  protected abstract void run(Run run);

  /**
   * How a run that failed is gone on with.
   *
   * @param output its run directory, as it is shown
   */
  protected String goesOn(String output) {
    return "what was finished is kept, go on with --resume --output " + output;
  }

  /**
   * Checks the options without running anything.
   *
   * @return every path that the run would read
   * @throws BadInput naming the option, its value and what it may be
   */
  public final List<String> verify() {
    return inWordsOfTheShell(
        () -> {
          check();
          return reads();
        });
  }

  /** The options that decide what is computed, as text, by name without dashes. */
  public final Map<String, String> decisiveOptions() {
    return new ResolvedOptions(spec).decisive();
  }

  /**
   * Runs for a pipeline, which has verified another of the same options.
   *
   * @return the exit code
   * @throws BadInput if nothing was computed because of what the user gave
   * @throws JobFailure if the run failed; what was finished is kept
   * @throws CheckFailed if the run is complete, and a check in it did not hold
   */
  public final int run(Errand errand) {
    return inWordsOfTheShell(
        () -> {
          check();
          settle();
          return Run.of(this, errand).execute();
        });
  }

  @Override
  public Integer call() {
    return inWordsOfTheShell(
        () -> {
          check();
          settle();
          return Run.of(this, null).execute();
        });
  }

  /** Names settings in messages as this command's options. */
  private <T> T inWordsOfTheShell(Supplier<T> body) {
    try {
      return body.get();
    } catch (BadInput e) {
      throw new BadInput(SettingOptions.message(spec, e), e);
    }
  }
}
