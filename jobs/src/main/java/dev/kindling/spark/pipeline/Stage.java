package dev.kindling.spark.pipeline;

import dev.kindling.spark.job.Job;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A stage with everything filled in and checked.
 *
 * @param job makes the job anew; each attempt takes its own
 * @param jobName words of the command line
 * @param output the run directory
 * @param options that decide the result, as text; a path into an earlier stage keeps that stage's
 *     name, {@code ${stage}/rest}
 * @param uses earlier stages, by options, paths or {@code after}
 * @param reads external paths
 */
record Stage(
    String name,
    Supplier<Job> job,
    String jobName,
    String output,
    Map<String, String> options,
    List<String> uses,
    List<String> reads,
    int retries,
    Duration backoff) {}
