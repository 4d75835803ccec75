package dev.kindling.spark.job;

import dev.kindling.spark.setting.SettingGroup;
import java.util.Map;

/**
 * A system as the command line knows it.
 *
 * @param job its command, with its package
 * @param bench the job beside its peers
 * @param prediction scores rows by its models
 * @param settings by their tables in the pages of {@code jobs/docs}: "train" for the one of {@code
 *     train.md}, "ade-learn", …
 */
public record KindlingSystem(
    Class<? extends Job> job,
    Class<? extends Job> bench,
    Prediction prediction,
    Map<String, SettingGroup> settings) {}
