package dev.kindling.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeltaBarDeltaTest {
  private static final int SIZE = 9;
  private static final List<Groups> GROUPS =
      List.of(Groups.model(SIZE), Groups.of(new int[] {0, 2, 3, SIZE}), Groups.coordinates(SIZE));

  @ParameterizedTest
  @EnumSource(Signal.class)
  void agreesWithTheFormulaInEveryGroup(Signal signal) {
    DbdSettings settings =
        DbdSettings.DEFAULT
            .withSignal(signal)
            .withTheta(0.7)
            .withBeta(1e-3)
            .withRates(1e-100, 1e100);
    for (long seed = 1; seed <= 8; seed++) {
      for (Groups groups : GROUPS) {
        for (double kappa : new double[] {0.03, 0.24, 0.4}) {
          DbdSettings given = settings.withKappa(kappa);
          agree(groups, given, false, new SplittableRandom(seed));
          agree(groups, given, true, new SplittableRandom(seed));
        }
      }
    }
  }

  /**
   * For signals whose steps are of any length: by steps of one length a rate comes back to within
   * rounding of where the clamp put it, and rounding decides whether there was an adjustment.
   */
  @ParameterizedTest
  @EnumSource(names = {"COSINE", "RAW"})
  void agreesWithTheFormulaInANarrowRange(Signal signal) {
    DbdSettings settings =
        DbdSettings.DEFAULT
            .withSignal(signal)
            .withTheta(0.7)
            .withBeta(0.02)
            .withKappa(0.2)
            .withRates(0.08, 0.15);
    for (long seed = 1; seed <= 20; seed++) {
      for (Groups groups : signal == Signal.RAW ? GROUPS : List.of(Groups.model(SIZE))) {
        agree(groups, settings, false, new SplittableRandom(seed));
        agree(groups, settings, true, new SplittableRandom(seed));
      }
    }
  }

  private static void agree(
      Groups groups, DbdSettings settings, boolean regretting, RandomGenerator random) {
    DeltaBarDelta rule = new DeltaBarDelta(groups, 0.1, settings, regretting);
    LiteralDbd[] literal = new LiteralDbd[groups.count()];
    for (int k = 0; k < literal.length; k++) {
      literal[k] = new LiteralDbd(settings, regretting, 0.1, groups.first(k), groups.first(k + 1));
    }
    double worst = 0;
    for (int t = 0; t < 150; t++) {
      double[] g = random.doubles(SIZE, -1, 1.5).toArray();
      double[] u = random.doubles(SIZE, -1, 1.5).toArray();
      rule.observe(g);
      long regrets = 0;
      for (int k = 0; k < literal.length; k++) {
        literal[k].observe(g);
        worst = Math.max(worst, Math.abs(rule.rates()[k] / literal[k].rate() - 1));
        literal[k].taken(u);
        regrets += literal[k].regrets;
      }
      assertThat(rule.regrets()).isEqualTo(regrets);
      rule.taken(u);
    }
    assertThat(worst).isLessThan(1e-10);
    assertThat(rule.regrets() > 0).isEqualTo(regretting);
  }

  /** Property 1. */
  @ParameterizedTest
  @EnumSource(OptimizerKind.class)
  void withoutKappaItIsTheOptimizerAtAConstantRate(OptimizerKind kind) {
    for (long seed = 1; seed <= 5; seed++) {
      double[] expected = plain(kind, new SplittableRandom(seed));
      for (Groups groups : GROUPS) {
        RateRule constant = new Constant(groups, 0.013);
        assertThat(walk(kind, constant, new SplittableRandom(seed))).isEqualTo(expected);
        RateRule hd = new Hypergradient(groups, 0.013, 0);
        assertThat(walk(kind, hd, new SplittableRandom(seed))).isEqualTo(expected);
        for (Signal signal : Signal.values()) {
          DbdSettings still =
              DbdSettings.DEFAULT.withSignal(signal).withKappa(0).withBeta(0).withPhi(0);
          for (DbdSettings settings : List.of(still, still.unclamped(), still.withDelayed(true))) {
            for (boolean regretting : new boolean[] {false, true}) {
              RateRule rule = new DeltaBarDelta(groups, 0.013, settings, regretting);
              assertThat(walk(kind, rule, new SplittableRandom(seed)))
                  .as("%s, seed %d", settings, seed)
                  .isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  private static double[] plain(OptimizerKind kind, RandomGenerator random) {
    Optimizer optimizer = kind.create(SIZE, Double.NaN);
    double[] w = random.doubles(SIZE, -1, 1).toArray();
    double[] u = new double[SIZE];
    for (int t = 0; t < 50; t++) {
      optimizer.direction(random.doubles(SIZE, -1, 1.5).toArray(), u);
      for (int i = 0; i < SIZE; i++) {
        w[i] -= 0.013 * (kind == OptimizerKind.ADAMW ? u[i] + 0.01 * w[i] : u[i]);
      }
    }
    return w;
  }

  private static double[] walk(OptimizerKind kind, RateRule rule, RandomGenerator random) {
    Schedule schedule = new RatedOptimizer(kind.create(SIZE, Double.NaN), rule, false);
    double[] w = random.doubles(SIZE, -1, 1).toArray();
    for (int t = 0; t < 50; t++) {
      schedule.step(w, random.doubles(SIZE, -1, 1.5).toArray(), 0);
    }
    assertThat(schedule.regrets()).isZero();
    assertThat(schedule.pending()).isZero();
    return w;
  }

  /**
   * Property 2. A cycle is one adjustment and the steps until a sign that contradicts it: 3 on
   * average, of variance 2. Regrets among n steps are n/3 with a deviation of √(2n/27); six of them
   * on either side leave a chance of 2e-9 a seed, 4e-8 in all.
   */
  @Test
  void aThirdOfTheCoinsIsRegretted() {
    int n = 100_000;
    DbdSettings settings = DbdSettings.DEFAULT.withSignal(Signal.SIGN).unclamped();
    for (long seed = 1; seed <= 20; seed++) {
      DeltaBarDelta rule = new DeltaBarDelta(Groups.model(1), 1, settings, true);
      flip(rule, n, new SplittableRandom(seed));
      assertThat(rule.regrets() / (double) n)
          .as("seed %d", seed)
          .isCloseTo(1 / 3.0, within(6 * Math.sqrt(2 / 27.0 / n)));
    }
  }

  /**
   * @return the mean rate
   */
  private static double flip(DeltaBarDelta rule, int n, RandomGenerator random) {
    double[] u = {1};
    double[] g = new double[1];
    double sum = 0;
    for (int t = 0; t < n; t++) {
      g[0] = random.nextBoolean() ? 1 : -1;
      rule.observe(g);
      sum += rule.rates()[0];
      rule.taken(u);
    }
    return sum / n;
  }

  /** Property 3. */
  @ParameterizedTest
  @EnumSource(Signal.class)
  void nothingIsRegrettedWhileTheSignDoesNotChange(Signal signal) {
    for (long seed = 1; seed <= 20; seed++) {
      for (Groups groups : GROUPS) {
        for (int sign : new int[] {1, -1}) {
          // Small steps in η: neither a clamp nor a rate below 0.
          DbdSettings settings =
              DbdSettings.DEFAULT.withSignal(signal).withBeta(1e-4).withTheta(0.9);
          DeltaBarDelta plain = new DeltaBarDelta(groups, 0.5, settings, false);
          DeltaBarDelta regrettable = new DeltaBarDelta(groups, 0.5, settings, true);
          SplittableRandom random = new SplittableRandom(seed);
          for (int t = 0; t < 100; t++) {
            double[] g = random.doubles(SIZE, 0, 1).map(x -> sign * x).toArray();
            double[] u = random.doubles(SIZE, 0, 1).toArray();
            plain.observe(g);
            regrettable.observe(g);
            assertThat(regrettable.rates()).as("seed %d", seed).isEqualTo(plain.rates());
            plain.taken(u);
            regrettable.taken(u);
          }
          assertThat(regrettable.regrets()).isZero();
          assertThat(Math.signum(regrettable.rates()[0] - 0.5)).isEqualTo(sign);
        }
      }
    }
  }

  /**
   * Property 6. η becomes η + κ or (1−φ)η, each with chance ½: its mean tends to κ/φ with factor 1
   * − φ/2 a step, its variance is κ²(2/φ + 1)/(φ(2−φ)) − (κ/φ)², 0.0042 here, and the mean of n
   * steps deviates by √(0.0042·39/n). Six of that leave a chance of 2e-9 a run, 2e-7 in all.
   */
  @Test
  void jacobsDriftsToKappaOverPhiUnderNoiseFromAnyStart() {
    int n = 20_000;
    DbdSettings settings = DbdSettings.DEFAULT.withSignal(Signal.JACOBS);
    for (double start : new double[] {1e-8, 1e-4, 0.01, 0.2, 1, 10}) {
      for (long seed = 1; seed <= 15; seed++) {
        DeltaBarDelta rule = new DeltaBarDelta(Groups.model(1), start, settings, false);
        SplittableRandom random = new SplittableRandom(seed);
        flip(rule, 1000, random);
        assertThat(flip(rule, n, random))
            .as("from %s, seed %d", start, seed)
            .isCloseTo(0.02 / 0.1, within(6 * Math.sqrt(0.0043 * 39 / n)));
      }
    }
  }

  @Test
  void whatIsTakenBackIsWhatTheClampLeftOfIt() {
    for (Signal signal : Signal.values()) {
      DbdSettings settings =
          DbdSettings.DEFAULT.withSignal(signal).withKappa(0.2).withBeta(9).withRates(0.01, 0.3);
      for (Groups groups : List.of(Groups.model(2), Groups.coordinates(2))) {
        takeBack(new DeltaBarDelta(groups, 0.29, settings, true));
      }
    }
  }

  private static void takeBack(DeltaBarDelta rule) {
    int count = rule.groups().count();
    double[] up = {1, 1};
    double[] down = {-1, -1};
    rule.observe(up);
    rule.taken(up);
    rule.observe(up);
    assertThat(rule.rates()).hasSize(count).containsOnly(0.3);
    assertThat(rule.pending()).isCloseTo(Math.log(0.3 / 0.29), within(1e-12));
    rule.taken(up);
    rule.observe(down);
    assertThat(rule.rates()).containsOnly(0.29);
    assertThat(rule.regrets()).isEqualTo(count);
    assertThat(rule.pending()).isZero();
    rule.taken(up);
    rule.observe(down);
    assertThat(rule.rates()[count - 1]).isLessThan(0.29);
    assertThat(rule.regrets()).isEqualTo(count);
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void aPlateauHalvesEveryRateDownToAFiftiethOfItsGreatest(Signal signal) {
    DbdSettings settings = DbdSettings.DEFAULT.withSignal(signal).withTheta(0.7).withKappa(0.1);
    for (Groups groups : GROUPS) {
      for (boolean delayed : new boolean[] {false, true}) {
        DeltaBarDelta rule =
            new DeltaBarDelta(groups, 0.1, settings.withDelayed(delayed), !delayed);
        SplittableRandom random = new SplittableRandom(5);
        double[] greatest = rule.rates().clone();
        for (int t = 0; t < 300; t++) {
          double[] g = random.doubles(SIZE, -1, 1.2).toArray();
          rule.observe(g);
          rule.taken(g);
          for (int k = 0; k < greatest.length; k++) {
            greatest[k] = Math.max(greatest[k], rule.rates()[k]);
          }
          if (t % 10 == 0) {
            double[] before = rule.rates().clone();
            rule.plateau();
            for (int k = 0; k < greatest.length; k++) {
              double least = Math.min(before[k], greatest[k] / 50);
              assertThat(rule.rates()[k])
                  .isCloseTo(Math.max(before[k] / 2, least), within(1e-15 * greatest[k]));
            }
            assertThat(rule.pending()).isZero();
          }
        }
      }
    }
  }

  @Test
  void aDelayedGradientDecidesOnTheNextStep() {
    DbdSettings settings = DbdSettings.DEFAULT.withTheta(0.7);
    DeltaBarDelta prompt = new DeltaBarDelta(Groups.model(SIZE), 0.1, settings, true);
    DeltaBarDelta delayed =
        new DeltaBarDelta(Groups.model(SIZE), 0.1, settings.withDelayed(true), true);
    SplittableRandom random = new SplittableRandom(7);
    double last = 0.1;
    for (int t = 0; t < 200; t++) {
      double[] g = random.doubles(SIZE, -1, 1.2).toArray();
      prompt.observe(g);
      delayed.observe(g);
      assertThat(delayed.rates()[0]).isEqualTo(last);
      last = prompt.rates()[0];
      prompt.taken(g);
      delayed.taken(g);
    }
    assertThat(last).isNotEqualTo(0.1);
  }

  @ParameterizedTest
  @EnumSource(Signal.class)
  void noGradientMakesAClampedRateBad(Signal signal) {
    double[][] bad = {{Double.NaN, 1}, {Double.POSITIVE_INFINITY, -1e200}, {1e308, 1e308}, {0, 0}};
    for (Groups groups : List.of(Groups.model(2), Groups.coordinates(2))) {
      DbdSettings settings = DbdSettings.DEFAULT.withSignal(signal);
      DeltaBarDelta rule = new DeltaBarDelta(groups, 0.1, settings, true);
      rule.taken(new double[] {1, -1});
      for (double[] g : bad) {
        rule.observe(g);
        for (double rate : rule.rates()) {
          assertThat(rate).isBetween(1e-8, 10.0);
        }
        rule.taken(g);
      }
    }
  }

  @Test
  void theCosineIsThatOfAllWeights() {
    DeltaBarDelta rule = new DeltaBarDelta(Groups.coordinates(2), 0.1, DbdSettings.DEFAULT, true);
    rule.observe(new double[] {1, 1});
    assertThat(rule.cosine()).isNaN();
    rule.taken(new double[] {3, 4});
    rule.observe(new double[] {4, 3});
    assertThat(rule.cosine()).isCloseTo(0.96, within(1e-12));
  }

  @Test
  void aStartOutsideOfTheRangeIsRefused() {
    for (double start : new double[] {1e-9, 11, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new DeltaBarDelta(Groups.model(1), start, DbdSettings.DEFAULT, false))
          .withMessageContaining("lr " + start);
    }
  }
}
