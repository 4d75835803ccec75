package dev.kindling.spark.ade;

import dev.kindling.Words;
import dev.kindling.ade.AdaptivePlan;
import dev.kindling.ade.Audit;
import dev.kindling.data.Fingerprint;
import dev.kindling.data.MemoryFile;
import dev.kindling.spark.ade.Attacked.Attack;
import dev.kindling.spark.ade.Attacked.Structure;
import dev.kindling.spark.job.Job;
import dev.kindling.spark.job.Run;
import dev.kindling.spark.setting.SettingOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Both attacks against a fixed sketch, and against the adaptive structure. */
@Command(
    name = "audit",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Attacks a fixed sketch and the adaptive structure, once by one who knows the points, once by one who sees answers alone, and shows how far off both are in the directions found.",
      "Exit code 4 if in such a direction more than a share --delta of the adaptive structure's answers are off by more than --eps. That share is computed over all that the draws can give, not sampled.",
      "Points, sketches and the key of the draws come from --seed, so that an audit can be repeated. A service takes a fresh key."
    },
    footer = {
      "",
      "Example: submit/kindling ade audit",
      "The same against three sketches, which do not stand (exit code 4):",
      "  submit/kindling ade audit --sketches 3 --draws 3",
    })
public final class AuditJob extends Job {
  @Mixin SettingOptions settings = AuditSettings.ALL.options();

  private AuditOptions options;

  @Override
  protected void check() {
    options = AuditOptions.of(settings.values());
  }

  @Override
  protected String input() {
    return "normal numbers, made";
  }

  @Override
  protected List<String> reads() {
    return List.of();
  }

  @Override
  protected void run(Run run) {
    AdaptivePlan plan = options.plan();
    String made = "normal numbers in " + options.dimension() + " dimensions";
    run.input(
        Fingerprint.of(List.of(new MemoryFile("points", made.getBytes(StandardCharsets.UTF_8)))));
    run.explain(options.explain(plan));
    List<Attacked> rows = new ArrayList<>();
    attack(run, Structure.fixed, new AdaptivePlan(1, plan.rows(), 1, false), rows);
    attack(run, Structure.adaptive, plan, rows);
    run.table("audit", Attacked.SCHEMA, rows.stream().map(Attacked::row).iterator());
    AuditResult result = new AuditResult(rows, plan, options);
    run.outcome(result.outcome());
    if (!result.holds()) {
      run.failsCheck(
          Words.of(
              "the adaptive structure does not hold: %s; give more --sketches, --rows or --draws",
              result.verdict()));
    }
    run.report(new AuditReport(result)::page);
  }

  private void attack(Run run, Structure structure, AdaptivePlan of, List<Attacked> rows) {
    Audit audit =
        new Audit(options.sketch(), of, options.dimension(), options.epsilon(), run.seed());
    Audit.Reached gram =
        run.stage(
            structure + ", gram",
            () -> audit.gram(options.gram()),
            reached -> Words.of("%,d answers", reached.answers()));
    rows.add(new Attacked(structure, Attack.gram, gram));
    List<Audit.Reached> looks =
        run.stage(
            structure + ", answers",
            () ->
                audit.answers(
                    options.answers(),
                    done -> run.advance(done, options.answers(), () -> "answers seen")),
            reached -> Words.of("%,d answers", options.answers()));
    looks.forEach(reached -> rows.add(new Attacked(structure, Attack.answers, reached)));
  }
}
