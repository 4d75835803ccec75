package dev.kindling.spark.job;

import dev.kindling.BadInput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that others stand below, and that does nothing by itself. */
public abstract class CommandGroup implements Callable<Integer> {
  @Mixin HelpOption help;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    String name = spec.qualifiedName();
    throw BadInput.of("%s what? see %s --help", name.substring(name.indexOf(' ') + 1), name);
  }
}
