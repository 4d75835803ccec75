package dev.kindling.spark.job;

import dev.kindling.BadInput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that reads data, computes on Spark and leaves a run directory. */
public abstract class Job implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin CommonOptions common;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and stop.")
  boolean help;

  /** The words on the command line and in {@code run.json}: "gntk", "datasets convert". */
  public String name() {
    return spec.qualifiedName(" ").substring(spec.root().name().length()).strip();
  }

  /** Options that are true of every job. */
  public CommonOptions common() {
    return common;
  }

  /**
   * Checks what the options alone can tell, before anything is started.
   *
   * @throws BadInput naming the option, its value and what it may be
   */
  protected abstract void check();

  /** What the run reads, as the user named it; for {@code run.json} and the report. */
  protected abstract String input();

  /** Reads, computes, and hands the results to {@code run}. */
  protected abstract void run(Run run);

  @Override
  public final Integer call() {
    check();
    return Run.of(this).execute();
  }
}
