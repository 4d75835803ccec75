package dev.kindling.gntk;

/**
 * The recursion of Du et al. 2019, section 3, for one pair of graphs and as it is written: no
 * colours, no sharing, Math.acos.
 */
final class LiteralGntk {
  private LiteralGntk() {}

  static double value(Graph g, Graph h, GntkParameters p) {
    double[][] sigma = products(g, h);
    double[][] sigmaG = products(g, g);
    double[][] sigmaH = products(h, h);
    double[][] theta = copy(sigma);
    double[][] thetaG = copy(sigmaG);
    double[][] thetaH = copy(sigmaH);
    double kernel = p.reads(0) ? sum(theta) : 0;
    for (int block = 1; block <= p.blocks(); block++) {
      sigma = aggregate(g, h, sigma, p);
      theta = aggregate(g, h, theta, p);
      sigmaG = aggregate(g, g, sigmaG, p);
      thetaG = aggregate(g, g, thetaG, p);
      sigmaH = aggregate(h, h, sigmaH, p);
      thetaH = aggregate(h, h, thetaH, p);
      for (int r = 0; r < p.mlpLayers(); r++) {
        double[] dg = roots(sigmaG);
        double[] dh = roots(sigmaH);
        layer(sigma, theta, dg, dh);
        layer(sigmaG, thetaG, dg, dg);
        layer(sigmaH, thetaH, dh, dh);
      }
      if (p.reads(block)) {
        kernel += sum(theta);
      }
    }
    return p.factor() * kernel;
  }

  private static double[][] products(Graph g, Graph h) {
    double[][] s = new double[g.nodes()][h.nodes()];
    for (int u = 0; u < g.nodes(); u++) {
      for (int v = 0; v < h.nodes(); v++) {
        s[u][v] = g.tagged() && g.tag(u) == h.tag(v) ? 1 : 0;
        for (int k = 0; k < g.attributes(); k++) {
          s[u][v] += g.attribute(u, k) * h.attribute(v, k);
        }
      }
    }
    return s;
  }

  private static double[][] aggregate(Graph g, Graph h, double[][] s, GntkParameters p) {
    double[][] next = new double[g.nodes()][h.nodes()];
    for (int u = 0; u < g.nodes(); u++) {
      for (int v = 0; v < h.nodes(); v++) {
        for (int a = 0; a <= g.degree(u); a++) {
          for (int b = 0; b <= h.degree(v); b++) {
            next[u][v] +=
                s[a == g.degree(u) ? u : g.neighbour(u, a)][
                    b == h.degree(v) ? v : h.neighbour(v, b)];
          }
        }
        if (p.scale() == GntkParameters.Scale.DEGREE) {
          next[u][v] /= (g.degree(u) + 1.0) * (h.degree(v) + 1.0);
        }
      }
    }
    return next;
  }

  private static void layer(double[][] sigma, double[][] theta, double[] dg, double[] dh) {
    for (int u = 0; u < dg.length; u++) {
      for (int v = 0; v < dh.length; v++) {
        double scale = dg[u] * dh[v];
        if (scale == 0) {
          continue;
        }
        double rho = Math.max(-1, Math.min(1, sigma[u][v] / scale));
        double k0 = (Math.PI - Math.acos(rho)) / Math.PI;
        double k1 = (rho * (Math.PI - Math.acos(rho)) + Math.sqrt(1 - rho * rho)) / Math.PI;
        theta[u][v] = theta[u][v] * k0 + scale * k1;
        sigma[u][v] = scale * k1;
      }
    }
  }

  private static double[] roots(double[][] s) {
    double[] d = new double[s.length];
    for (int u = 0; u < d.length; u++) {
      d[u] = Math.sqrt(s[u][u]);
    }
    return d;
  }

  private static double[][] copy(double[][] s) {
    double[][] copy = new double[s.length][];
    for (int u = 0; u < s.length; u++) {
      copy[u] = s[u].clone();
    }
    return copy;
  }

  private static double sum(double[][] s) {
    double sum = 0;
    for (double[] row : s) {
      for (double x : row) {
        sum += x;
      }
    }
    return sum;
  }
}
