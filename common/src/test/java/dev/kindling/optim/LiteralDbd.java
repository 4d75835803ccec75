package dev.kindling.optim;

/**
 * Delta-bar-delta as its formula stands, in e = log η (for the raw signal and Jacobs' in η), of one
 * group of weights.
 */
final class LiteralDbd {
  private final DbdSettings s;
  private final boolean regretting;
  private final int from;
  private final int to;
  private final boolean logarithmic;
  private double e;
  private double pend;
  private double[] average;
  long regrets;

  LiteralDbd(DbdSettings s, boolean regretting, double start, int from, int to) {
    this.s = s;
    this.regretting = regretting;
    this.from = from;
    this.to = to;
    this.logarithmic = s.signal() == Signal.COSINE || s.signal() == Signal.SIGN;
    this.e = logarithmic ? Math.log(start) : start;
  }

  double rate() {
    return logarithmic ? Math.exp(e) : e;
  }

  void observe(double[] g) {
    if (average == null) {
      return;
    }
    double dot = 0;
    double gg = 0;
    double uu = 0;
    for (int i = from; i < to; i++) {
      dot += g[i] * average[i];
      gg += g[i] * g[i];
      uu += average[i] * average[i];
    }
    double a =
        switch (s.signal()) {
          case COSINE -> s.kappa() * dot / (Math.sqrt(gg) * Math.sqrt(uu) + 1e-30);
          case SIGN -> s.kappa() * Math.signum(dot);
          case RAW -> s.beta() * dot;
          case JACOBS -> dot > 0 ? s.kappa() : dot < 0 ? -s.phi() * e : 0;
        };
    double old = e;
    if (regretting && pend * a < 0) {
      e -= pend;
      pend = 0;
      regrets++;
    } else {
      e += a;
      e = Math.min(e, logarithmic ? Math.log(s.maxRate()) : s.maxRate());
      e = Math.max(e, logarithmic ? Math.log(s.minRate()) : s.minRate());
      pend = e - old;
    }
  }

  void taken(double[] u) {
    if (average == null || s.signal() == Signal.RAW) {
      average = u.clone();
    }
    for (int i = 0; i < u.length; i++) {
      average[i] = s.theta() * average[i] + (1 - s.theta()) * u[i];
    }
  }
}
