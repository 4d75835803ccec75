package dev.kindling.spark.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Runs commands in one JVM as {@link Main} runs them. Each is a line on stdin: the path where its
 * output goes, then its words, parted by tabs. Its end is the file PATH.exit.
 */
public final class CommandLoop {
  private CommandLoop() {}

  public static void main(String[] args) throws Exception {
    // Main sets both streams when it is loaded.
    Class.forName(Main.class.getName());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> words = List.of(line.split("\t", -1));
        run(words.get(0), words.subList(1, words.size()));
      }
    }
    System.exit(0);
  }

  private static void run(String output, List<String> words) throws IOException {
    Properties usual = System.getProperties();
    Properties own = new Properties();
    usual.forEach(own::put);
    System.setProperties(own);
    PrintStream out = System.out;
    PrintStream err = System.err;
    int exit;
    try (PrintStream newOut = new PrintStream(output + ".out", StandardCharsets.UTF_8);
        PrintStream newErr = new PrintStream(output + ".err", StandardCharsets.UTF_8)) {
      System.setOut(newOut);
      System.setErr(newErr);
      exit = Main.run(launched(words));
    } finally {
      System.setOut(out);
      System.setErr(err);
      System.setProperties(usual);
    }
    Path written = Files.writeString(Path.of(output + ".writing"), Integer.toString(exit));
    Files.move(written, Path.of(output + ".exit"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** As {@code submit/kindling} does: {@code --master} and {@code --conf} are properties. */
  private static String[] launched(List<String> words) {
    List<String> rest = new ArrayList<>();
    for (int w = 0; w < words.size(); w++) {
      switch (words.get(w)) {
        case "--master" -> System.setProperty("spark.master", words.get(++w));
        case "--conf" -> {
          String[] pair = words.get(++w).split("=", 2);
          System.setProperty(pair[0], pair[1]);
        }
        default -> rest.add(words.get(w));
      }
    }
    return rest.toArray(String[]::new);
  }
}
