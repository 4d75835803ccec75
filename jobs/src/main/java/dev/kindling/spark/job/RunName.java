package dev.kindling.spark.job;

import dev.kindling.BadInput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What a run is called where its user has not said so. */
final class RunName {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String HOME = "kindling-runs";

  private RunName() {}

  /** In logs and in {@code run.json}; no two runs share it. */
  static String id(Job job) {
    return stamped(job) + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * The run directory: as given, the newest unfinished one for --resume, or a new one.
   *
   * @throws BadInput if there is nothing to resume, or the driver runs where nobody looks
   */
  static String output(Job job, Configuration hadoop) {
    if ("cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      requireShared(job.common.output, hadoop);
    }
    if (job.common.output != null) {
      return job.common.output;
    }
    if (!job.common.resume) {
      return HOME + "/" + stamped(job);
    }
    String newest = RunDirectory.newestUnfinished(HOME, folder(job), hadoop);
    if (newest == null) {
      throw BadInput.of(
          "--resume: no unfinished run of %s in ./%s; give --output", job.name(), HOME);
    }
    return newest;
  }

  /** A relative path on a local disk is one on whichever machine the driver was put on. */
  private static void requireShared(String output, Configuration hadoop) {
    boolean local = hadoop.get("fs.defaultFS", "file:///").startsWith("file:");
    if (local && (output == null || !new Path(output).isAbsolute())) {
      throw BadInput.of(
          "%s: in cluster deploy mode the driver runs elsewhere; give an absolute path or URI that all machines share",
          output == null ? "no --output" : "--output " + output);
    }
  }

  private static String stamped(Job job) {
    return folder(job) + "-" + STAMP.format(Instant.now());
  }

  /** The job's words as one: a folder's name needs no quotes. */
  private static String folder(Job job) {
    return job.name().replace(' ', '-');
  }
}
