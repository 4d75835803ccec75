package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.data.Fingerprint;
import dev.kindling.data.InputFile;
import dev.kindling.data.InputPath;
import dev.kindling.data.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What the files at a path hold: names below it and bytes, never times. Hidden files do not count.
 * The driver reads up to 256 MiB itself; Spark's executors read what is larger.
 */
final class ContentHash {
  private static final long MOST_ON_DRIVER = 256L << 20;

  private final Configuration conf;
  private final Supplier<JavaSparkContext> spark;
  private final Map<String, String> known = new HashMap<>();

  ContentHash(Configuration conf, Supplier<JavaSparkContext> spark) {
    this.conf = conf;
    this.spark = spark;
  }

  /**
   * @throws BadInput if nothing is there or it cannot be read
   */
  String of(String uri) {
    String hash = known.get(uri);
    if (hash == null) {
      hash = read(uri);
      known.put(uri, hash);
    }
    return hash;
  }

  private String read(String uri) {
    try {
      FileStatus root = InputPath.require(uri, conf);
      List<String> texts = new ArrayList<>();
      List<InputFile> files = new ArrayList<>();
      collect(root.getPath().getFileSystem(conf), root, "", texts, files);
      long bytes = files.stream().mapToLong(InputFile::length).sum();
      if (bytes <= MOST_ON_DRIVER) {
        texts.add(Fingerprint.of(conf, files));
      } else {
        JavaSparkContext context = spark.get();
        texts.add(
            Fingerprint.of(context, context.broadcast(new SerializableConfiguration(conf)), files));
      }
      return Sha256.of(texts);
    } catch (IOException e) {
      throw new BadInput(uri + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void collect(
      FileSystem fs, FileStatus at, String name, List<String> names, List<InputFile> files)
      throws IOException {
    if (!at.isDirectory()) {
      names.add(name);
      files.add(StoredFile.of(at, name));
      return;
    }
    for (FileStatus child : InputPath.visible(fs, at.getPath())) {
      collect(fs, child, name + "/" + child.getPath().getName(), names, files);
    }
  }
}
