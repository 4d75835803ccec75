package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the words alone show to be wrong; nothing is started for it. */
class BadOptionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          gntkk | unknown job gntkk; did you mean gntk?
          `` | which job?
          datasets | datasets what?
          datasets lst | did you mean list?
          gntk --data bzr --bloks 2 | unknown option --bloks; did you mean --blocks?
          gntk --data bzr --bloks=2 | unknown option --bloks; did you mean --blocks?
          gntk --data bzr more | unexpected word more
          gntk --data bzr --blocks | --blocks
          gntk --data bzr --blocks -1 | --blocks -1: must be from 0 to 64
          gntk --data bzr --blocks 65 | --blocks 65: must be from 0 to 64
          gntk --data bzr --blocks x | --blocks
          gntk --data bzr --blocks 2 --blocks 3 | --blocks
          gntk --data bzr --blocks 1,2,2 | --blocks 1,2,2: give each number once
          gntk --data bzr --blocks 1,65 | --blocks 1,65: must be from 0 to 64
          gntk --data bzr --blocks 1,,2 | '' is not a whole number; give one, or several with commas between them
          gntk --data bzr --blocks 1,2 --task none | --blocks 1,2: with --task none nothing is learned that could choose one; give one number
          gntk --data bzr --blocks 1,2 --engine tiles | --blocks 1,2: --engine tiles computes one number at a time; give --engine colors or auto, or one number
          gntk --data bzr --blocks 1,2 --engine dense | --blocks 1,2: --engine dense computes one
          gntk --data bzr --blocks 1,2 --precision float | leave --precision float out, or give one number
          gntk --data bzr --blocks 1,2 --node-labels both | --blocks 1,2: several numbers need the engine colors, and with --node-labels both
          gntk --data bzr --blocks 1,2 --landmarks 9 | --blocks 1,2: --landmarks 9 approximates the kernel of one number; give one number, or leave --landmarks out
          train --data digits --hidden 5 --hidden 6 | --hidden
          gntk --data bzr --mlp 0 | --mlp 0: must be from 1 to 64
          gntk --data bzr --folds 1 | --folds 1: must be from 2
          gntk --data bzr --factor nan | --factor
          gntk --data bzr --factor NaN | --factor NaN: must be finite and above 0
          gntk --data bzr --factor 0 | --factor 0.0: must be finite and above 0
          gntk --data bzr --factor Infinity | --factor Infinity: must be finite and above 0
          gntk --data bzr --scale symetric | --scale
          gntk --data bzr --export json | --export
          gntk --data bzr --precision half | --precision
          gntk --data bzr --engine colors --precision float | --engine colors --precision float: colors computes with doubles
          gntk --data bzr --task swm | --task
          gntk --data bzr --normalize unit | --normalize
          gntk --data bzr --cost 1 | --cost 1: is for --task svm
          gntk --data bzr --class-weights balanced | --class-weights balanced: is for --task svm
          gntk --data bzr --task ridge --tube 0.1 | --tube 0.1: is for --task svm
          gntk --data bzr --task svm --cost 1,0 | --cost 1,0: 0 must be positive and finite
          gntk --data bzr --task svm --cost 10:1:5 | --cost 10:1:5: a range ascends
          gntk --data bzr --task svm --tube -1 | --tube -1.0: must be finite and at least 0
          gntk --data bzr --task svm --class-weights heavy | --class-weights
          gntk --data bzr --landmarks 0 | --landmarks 0: must be from 1 to 8,192
          gntk --data bzr --landmarks x | --landmarks
          gntk --data bzr --landmarks-by kmeans | --landmarks-by kmeans: give --landmarks, too
          gntk --data bzr --landmark-pieces 2 | --landmark-pieces 2: give --landmarks, too
          gntk --data bzr --landmark-features 5 | --landmark-features 5: give --landmarks, too
          gntk --data bzr --landmarks 9 --landmark-pieces 0 | --landmark-pieces 0: must be from 1 to 64
          gntk --data bzr --landmarks 9 --landmark-features 0 | --landmark-features 0: must be from 1 to 16,384
          gntk --data bzr --landmarks 9 --landmarks-by best | --landmarks-by
          gntk --data bzr --landmarks 9 --task svm | --landmarks 9 with --task svm: the machine needs the whole Gram matrix
          gntk --data bzr --landmarks 9 --engine colors | --engine colors: computes the whole Gram matrix
          gntk --data bzr --landmarks 9 --precision float | --precision float with --landmarks
          gntk --data bzr --landmarks 9 --landmarks-by kmeans --node-labels both | --landmarks-by kmeans: needs histograms of tags
          gntk --data bzr --neighbors 0 | --neighbors 0: must be from 1 to 10,000
          gntk --data bzr --seed 1.5 | --seed
          gntk --data bzr --blas openblas | --blas
          gntk --data bzzr | no such built-in set; did you mean bzr?
          gntk --data digits | digits is a table, and a set of graphs is wanted
          gntk --data bzr --input graphs.txt | --input and --data are both given
          gntk --blocks 2 | give --input URI or --data NAME
          train --data digits --hidden -1 | --hidden -1: must be from 1
          train --data digits --hidden 5,0 | 0 stands alone
          train --data digits --epochs 0 | --epochs 0: must be from 1 to 1,000,000,000
          train --data digits --batch 0 | --batch 0: must be at least 1
          train --data digits --lr -1 | --lr -1.0: must be finite and above 0
          train --data digits --lr NaN | --lr NaN: must be finite and above 0
          train --data digits --kappa -1 | --kappa -1.0: must be finite and at least 0
          train --data digits --theta 1 | --theta 1.0: must be at least 0 and below 1
          train --data digits --lr-min 0.5 --lr 0.1 | --lr 0.1: must be between --lr-min
          train --data digits --schedule rdbdd | --schedule
          train --data digits --schedule dog --optimizer adam | --optimizer adam: --schedule dog is an SGD of its own
          train --data digits --schedule prodigy --lr 1 | --lr 1.0: --schedule prodigy finds its own rate
          train --data digits --schedule constant --loss-regret | --loss-regret
          train --data digits --schedule constant --group layer | --group
          train --data digits --schedule mechanic --local-steps 4 | --local-steps 4: not with --schedule mechanic
          train --data digits --loss-regret --local-steps 4 | --local-steps 4: not with --schedule rdbd --loss-regret
          train --data digits --warm-up 5 | --warm-up 5: is for --schedule cosine
          train --data digits --weight-decay 0.1 | --weight-decay 0.1: is for --optimizer adamw
          train --data digits --dropout 1 | --dropout 1.0: must be at least 0 and below 1
          train --data digits --validation 1 | --validation 1.0: must be at least 0 and below 1
          train --data digits --early-stop 3 --validation 0 | --early-stop 3: needs validation rows
          ade | no data: give --input URI or --data NAME
          ade --data digits --metric covarianse:a.csv | --metric covarianse:a.csv: should be identity, factor:FILE
          ade --data digits --metric precision: | --metric precision:: name the file
          ade --data digits --metric estimate:robust | --metric estimate:robust: should be
          ade --data digits --k 0 | --k 0: must be at least 1
          ade --data digits --radius -1 | --radius -1.0: must be finite and at least 0
          ade --data digits --radius NaN | --radius NaN: must be finite
          ade --data digits --weight-column c1 | --weight-column: points have no weight
          ade build --data digits --target-column c1 | --target-column: points have no target
          ade cluster --data digits --clusters 0 | --clusters 0: must be from 1 to 65,536
          ade cluster --data digits --iterations 0 | --iterations 0: must be from 1 to 1,000,000
          ade cluster --data digits --tol 1 | --tol 1.0: must be at least 0 and below 1
          ade outliers --data digits --weight-column c1 | --weight-column: points have no weight
          ade learn --data digits --learner rca --weight-column c1 | --weight-column: points have no weight
          ade stream --index built | no source: give --queries
          ade stream --queries asked | --index
          ade stream --index built --queries asked --every soon | --every soon: should be a time like
          ade stream --index built --constraints pairs | --constraints: give --learner
          ade --data digits --eps 1 | --eps 1.0: must be above 0 and below 1
          ade --data digits --target-column c1 | --target-column: points have no target
          train --data digits --beta 1 | --beta 1.0: is for --signal raw; leave it out or give that
          train --data digits --schedule hd --theta 0.5 | --theta 0.5: is for --schedule dbd or rdbd; leave it out
          train --data digits --epochs 1.5 | --epochs
          train --data digits --local-workers 3 | --local-workers 3: is for --local-steps above 1; give both
          train --data digits --local-workers 0 | --local-workers 0: must be from 1 to 65,536
          train --data digits --class-weights heavy | --class-weights heavy: give balanced, or numbers with commas
          train --data digits --plateau 2 --validation 0 | --plateau 2: needs validation rows
          train --data digits --plateau 2 --schedule hd | --plateau 2: is for --schedule dbd or rdbd
          train --data digits --clip 0 | --clip 0.0: must be finite and above 0
          train --data digits --checkpoint-every 0 | --checkpoint-every 0: must be at least 1
          train --data digits --target-column c1 --class-weights balanced | --class-weights: there are no classes
          train --data digits --task classify --target-column c1 | --task classify: name the class with --label-column
          train --data digits --task regress --label-column label | --label-column: the number to predict is named by --target-column
          train --data bzr | bzr is a set of graphs, and a table is wanted
          train | no data: give --input URI or --data NAME
          train --data digits --peers rdbd | --peers rdbd: name other schedules
          train --data digits --peers constant --validation 0 | --peers: are compared on validation rows
          train --data digits --peers dog --local-steps 4 | --peers dog: --local-steps 4: not with --schedule dog
          train --data digits --peers adam | --peers
          ade lern | unexpected word lern
          ade learn --data digits | --learner: give lego, itml, pola, rca, nca or lmnn
          ade learn --data digits --learner mmc | --learner
          ade learn --learner nca | no data: give --input URI or --data NAME
          ade learn --data bzr --learner nca | bzr is a set of graphs, and a table is wanted
          ade learn --data digits --learner lego | --learner lego: give --constraints FILE
          ade learn --data digits --learner nca --constraints c.csv | --constraints c.csv: is for --learner lego, itml or pola; leave it out or give one of them
          ade learn --data digits --learner itml --constraints c.csv --pairs 9 | --pairs 9: pairs are drawn where
          ade learn --data digits --learner nca --gamma 2 | --gamma 2.0: is for --learner itml; leave it out or give that
          ade cluster --data digits --tol NaN | --tol NaN: must be at least 0 and below 1
          ade outliers --data digits --quantile 1 | --quantile 1.0: must be above 0 and below 1
          ade --data digits --mode sketch --candidates 3 | --candidates 3: must be at least --k
          ade --data digits --mode sketch --proved | --proved: is for --mode adaptive; leave it out or give that
          ade learn --data digits --learner itml --pairs 0 | --pairs 0: must be at least 1
          ade learn --data digits --learner itml --eta 1 | --eta 1.0: is for --learner lego; leave it out or give that
          ade learn --data digits --learner lego --constraints c.csv --eta 0 | --eta 0.0: must be finite and above 0
          ade learn --data digits --learner itml --initial zero | --initial zero: is for --learner pola
          ade learn --data digits --learner rca --initial identity | --initial identity: is for --learner lego, itml or pola; leave it out or give one of them
          ade learn --data digits --learner pola --upper 1 | --upper 1.0: is for --learner itml; leave it out or give that
          ade learn --data digits --learner itml --upper NaN | --upper NaN: must be finite and above 0
          ade learn --data digits --learner itml --gamma -1 | --gamma -1.0: must be finite and above 0
          ade learn --data digits --learner pola --scale 0 | --scale 0.0: must be finite and above 0
          ade learn --data digits --learner nca --scale 2 | --scale 2.0: is for --learner lego, itml or pola; leave it out or give one of them
          ade learn --data digits --learner pola --sweeps 0 | --sweeps 0: must be at least 1
          ade learn --data digits --learner lmnn --rank 2 | --rank 2: is for --learner nca; leave it out or give that
          ade learn --data digits --learner nca --rank 0 | --rank 0: must be at least 1
          ade learn --data digits --learner rca --iterations 2 | --iterations 2: is for --learner nca or lmnn; leave it out or give one of them
          ade learn --data digits --learner rca --shrink 1.1 | --shrink 1.1: must be from 0 to 1
          ade learn --data digits --learner lmnn --push 1 | --push 1.0: must be above 0 and below 1
          ade learn --data digits --learner lmnn --neighbors 0 | --neighbors 0: must be at least 1
          ade learn --data digits --learner rca --sample 9 | --sample 9: is for --learner nca or lmnn; leave it out or give one of them
          ade learn --data digits --learner nca --sample 1 | --sample 1: must be at least 2
          ade learn --data digits --learner nca --validation 1 | --validation 1.0: must be at least 0 and below 1
          ade learn --data digits --learner itml --checkpoint-every 0 | --checkpoint-every 0: must be at least 1
          bench train --case mnist | --case mnist: no such case; there are digits
          bench train --part schedules | --part schedules: needs fits
          bench train --case fashion | --case fashion: needs --sets
          train --data digits --standardize=false | --standardize=false: give --no-standardize instead
          ade outliers --data digits --estimator best | 'best' is none of classic, ledoit-wolf, mcd
          ade learn --data digits --learner itml --upper 5 --lower 3 | --upper 5.0: must be below --lower 3.0
          ade audti | unexpected word audti
          ade audit --dimensions 5 | unknown option --dimensions; did you mean --dimension?
          predict --model m | nothing to score
          gntk --data bzr --config none.conf | none.conf: no such file
          gntk --data bzr --resume | --resume:
          """)
  void oneLineSaysWhatIsWrong(String words, String part) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(words.split(" ")));
    all.remove("");
    if (all.contains("--data") || all.contains("--resume")) {
      all.addAll(List.of("--output", folder.resolve("parent/X").toString()));
    }
    CommandRun.of(all).isRefusedWith(part);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bad.conf | seed = 1%nbloks = 2 | bad.conf:2: unknown option bloks; did you mean blocks?
          bad.conf | gntk {%n  blocks = 2%n  facter = 3%n} | bad.conf:3: unknown option facter; did you mean factor?
          bad.conf | gntkk { blocks = 2 } | bad.conf:1: unknown job gntkk; did you mean gntk?
          bad.conf | blocks = { | bad.conf:1
          bad.conf | blocks = two | bad.conf:1: Invalid value for option '--blocks'
          bad.conf | seed = 1%ngntk { blocks = 99 } | bad.conf:2: --blocks 99: must be from 0 to 64
          bad.conf | engine = fast | bad.conf:1: Invalid value for option '--engine': 'fast' is none of auto, colors, tiles, dense
          bad.properties | seed=1%nfactor=0 | bad.properties:2: --factor 0.0: must be finite and above 0
          bad.properties | blocks=2%nfoldz=3 | bad.properties:2: unknown option foldz; did you mean folds?
          bad.properties | gntk.xyzzy=2 | bad.properties:1: unknown option xyzzy; see kindling gntk --help
          bad.conf | xyzzy = 2 | bad.conf:1: unknown option xyzzy; see kindling gntk --help
          bad.properties | gntk.mpl=2 | bad.properties:1: unknown option mpl; did you mean mlp?
          """)
  void aFileOfOptionsIsReadAsStrictlyAsTheCommandLine(String name, String text, String part)
      throws Exception {
    Path file = Files.writeString(folder.resolve(name), String.format(text));
    FolderState before = FolderState.of(folder);
    CommandRun.of(
            "gntk",
            "--data",
            "bzr",
            "--config",
            file.toString(),
            "--output",
            folder.resolve("parent/X").toString())
        .isRefusedWith(part);
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @Test
  void nothingToResumeLeavesNothing() throws Exception {
    CommandRun.of("gntk", "--data", "bzr", "--resume", "--output", folder.resolve("X").toString())
        .isRefusedWith("has no unfinished run");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aRunThatReplacesAnotherIsResumedAsSuch() throws Exception {
    Files.writeString(Files.createDirectory(folder.resolve("X")).resolve("run.json"), "{}");
    Files.createDirectory(folder.resolve(".X.unfinished"));
    FolderState before = FolderState.of(folder);
    CommandRun.of("gntk", "--data", "bzr", "--resume", "--output", folder.resolve("X").toString())
        .isRefusedWith("which exists; give --overwrite as well");
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @Test
  void aRunDirectoryIsNotReplacedUnasked() throws Exception {
    Path run = Files.createDirectory(folder.resolve("X"));
    Files.writeString(run.resolve("run.json"), "{}");
    FolderState before = FolderState.of(folder);
    CommandRun.of("gntk", "--data", "bzr", "--output", run.toString())
        .isRefusedWith("exists; give --overwrite to replace it");
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @Test
  void aFolderOfOtherThingsIsNotReplacedAtAll() throws Exception {
    Path mine = Files.createDirectory(folder.resolve("mine"));
    Files.writeString(mine.resolve("thesis.tex"), "years of work");
    FolderState before = FolderState.of(folder);
    CommandRun.of("gntk", "--data", "bzr", "--overwrite", "--output", mine.toString())
        .isRefusedWith("--overwrite: ", "is not a run directory (it has no run.json)");
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  @Test
  void aFileIsNoParentOfARunDirectory() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");
    FolderState before = FolderState.of(folder);
    for (String below : List.of("X", "parent/X")) {
      CommandRun.of("gntk", "--data", "bzr", "--output", file.resolve(below).toString())
          .isRefusedWith("--output " + file.resolve(below) + ": cannot be written");
    }
    assertThat(FolderState.of(folder)).isEqualTo(before);
  }

  /** As spark-submit hands --conf on. */
  @ParameterizedTest
  @CsvSource({
    "spark.kindling.blokcs, unknown option blokcs; did you mean blocks?",
    "spark.kindling.gntk.blokcs, unknown option blokcs; did you mean blocks?",
    "spark.kindling.train.blocks, unknown option blocks; see kindling train --help",
    "spark.kindling.gnkt.blocks, unknown job gnkt; did you mean gntk?",
  })
  void propertiesOfNoOptionAreRefused(String key, String message) throws Exception {
    System.setProperty(key, "4");
    try {
      CommandRun.of("gntk", "--data", "bzr").isRefusedWith(key + ": " + message);
    } finally {
      System.clearProperty(key);
    }
  }

  /** A file of defaults is for all jobs. */
  @ParameterizedTest
  @CsvSource({
    "spark.kindling.blocks, 2",
    "spark.kindling.train.kappa, 0.1",
    "spark.kindling.datasets.get.url, file:x",
    "spark.kindling.log, text",
  })
  void propertiesOfOtherJobsAreNone(String key, String value) throws Exception {
    System.setProperty(key, value);
    try {
      CommandRun.of("train", "--data", "digits", "--epochs", "0").isRefusedWith("--epochs 0");
    } finally {
      System.clearProperty(key);
    }
  }
}
