package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command came to, run in this JVM as {@link Main} runs it. */
record CommandRun(int exit, String out, String err) {
  static CommandRun of(String... words) throws ClassNotFoundException {
    // Main sets both streams when it is loaded.
    Class.forName(Main.class.getName());
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream caughtOut = new ByteArrayOutputStream();
    ByteArrayOutputStream caughtErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(caughtOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(caughtErr, true, StandardCharsets.UTF_8));
    try {
      int exit = Main.run(words);
      return new CommandRun(
          exit,
          caughtOut.toString(StandardCharsets.UTF_8),
          caughtErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  static CommandRun of(List<String> words) throws ClassNotFoundException {
    return of(words.toArray(String[]::new));
  }

  /** Exit code 2, one line on stderr that holds the given parts, and no word more. */
  void isRefusedWith(String... parts) {
    assertThat(exit).as(err).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err.lines()).hasSize(1);
    assertThat(err).startsWith("kindling: ").endsWith("\n").contains(parts);
  }
}
