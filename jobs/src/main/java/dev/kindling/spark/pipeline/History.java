package dev.kindling.spark.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.spark.job.JobFailure;
import dev.kindling.spark.job.PlainFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * The file {@code history.jsonl} of a home: a line a run, the last 1,000. A run has its line from
 * its start; one that never ended is told by the next, which holds the lock then.
 */
final class History {
  static final int MOST = 1000;
  private static final String FILE = "history.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Configuration conf;

  History(Path home, Configuration conf) {
    this.file = new Path(home, FILE);
    this.conf = conf;
  }

  /** The runs, the oldest first. A line that is none is left out. */
  List<ObjectNode> runs() {
    List<ObjectNode> runs = new ArrayList<>();
    try {
      FileSystem fs = PlainFiles.of(file, conf);
      if (!fs.exists(file)) {
        return runs;
      }
      String text;
      try (InputStream in = fs.open(file)) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      text.lines().forEach(line -> add(runs, line));
      return runs;
    } catch (IOException e) {
      throw new JobFailure(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void add(List<ObjectNode> runs, String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node instanceof ObjectNode run && run.hasNonNull("run")) {
        runs.add(run);
      }
    } catch (JsonProcessingException damaged) {
      return;
    }
  }

  /** Adds a run that starts; earlier ones that did not end were killed. */
  void start(String run, String started, String owner) {
    List<ObjectNode> runs = runs();
    for (ObjectNode earlier : runs) {
      if (earlier.path("status").asText().equals("running")) {
        earlier.put("status", "killed");
      }
    }
    ObjectNode line = JSON.createObjectNode().put("run", run).put("started", started);
    line.putNull("ended").put("status", "running").putNull("exit");
    line.putObject("stages");
    runs.add(line.put("owner", owner));
    write(runs);
  }

  /** Completes the line of a run. */
  void end(String run, String ended, String status, int exit, Map<String, String> stages) {
    List<ObjectNode> runs = runs();
    for (ObjectNode line : runs) {
      if (line.path("run").asText().equals(run)) {
        line.put("ended", ended).put("status", status).put("exit", exit);
        line.set("stages", JSON.valueToTree(stages));
      }
    }
    write(runs);
  }

  private void write(List<ObjectNode> runs) {
    StringBuilder text = new StringBuilder();
    for (ObjectNode run : runs.subList(Math.max(0, runs.size() - MOST), runs.size())) {
      text.append(run).append('\n');
    }
    Path whole = new Path(file.getParent(), "." + FILE + ".writing");
    try {
      FileSystem fs = PlainFiles.of(file, conf);
      try (OutputStream out = fs.create(whole, true)) {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      }
      replace(fs, whole);
    } catch (IOException e) {
      throw new JobFailure(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private void replace(FileSystem fs, Path whole) throws IOException {
    try {
      FileContext.getFileContext(fs.getUri(), conf)
          .rename(fs.makeQualified(whole), fs.makeQualified(file), Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      fs.delete(file, false); // a file system without an atomic replacement
      if (!fs.rename(whole, file)) {
        throw new IOException("cannot be put in place", e);
      }
    }
  }
}
