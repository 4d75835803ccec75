package dev.kindling.gntk;

/**
 * The kernel of one pair of graphs as the paper writes it (Du et al. 2019, section 3): node by node
 * and Math.acos, nothing shared between pairs. What the engines are verified against and measured
 * beside. As in the authors' code, the norms of a graph's nodes are found once.
 *
 * <p>O(n n' (degree + blocks · R)) time; 32 n n' bytes.
 */
public final class LiteralKernel {
  private final GntkParameters parameters;

  public LiteralKernel(GntkParameters parameters) {
    this.parameters = parameters;
  }

  /** √Σ^l(G,G)_uu after aggregation, by level from 1 and node; entry 0 is empty. */
  public double[][] norms(Graph graph) {
    int n = graph.nodes();
    double[][] norms = new double[parameters.blocks() + 1][0];
    double[] sigma = products(graph, graph);
    double[] theta = sigma.clone();
    for (int block = 1; block <= parameters.blocks(); block++) {
      sigma = aggregate(graph, graph, sigma);
      theta = aggregate(graph, graph, theta);
      norms[block] = new double[n];
      for (int u = 0; u < n; u++) {
        norms[block][u] = Math.sqrt(sigma[u * n + u]);
      }
      layers(sigma, theta, norms[block], norms[block]);
    }
    return norms;
  }

  /**
   * K(G, G').
   *
   * @param norms what {@link #norms} gives for {@code g}
   * @param otherNorms likewise for {@code h}
   */
  public double value(Graph g, Graph h, double[][] norms, double[][] otherNorms) {
    double[] sigma = products(g, h);
    double[] theta = sigma.clone();
    double sum = parameters.reads(0) ? sum(theta) : 0;
    for (int block = 1; block <= parameters.blocks(); block++) {
      sigma = aggregate(g, h, sigma);
      theta = aggregate(g, h, theta);
      layers(sigma, theta, norms[block], otherNorms[block]);
      sum += parameters.reads(block) ? sum(theta) : 0;
    }
    return parameters.factor() * sum;
  }

  private static double[] products(Graph g, Graph h) {
    double[] products = new double[Math.multiplyExact(g.nodes(), h.nodes())];
    for (int u = 0; u < g.nodes(); u++) {
      for (int v = 0; v < h.nodes(); v++) {
        double product = g.tagged() && g.tag(u) == h.tag(v) ? 1 : 0;
        for (int k = 0; k < g.attributes(); k++) {
          product += g.attribute(u, k) * h.attribute(v, k);
        }
        products[u * h.nodes() + v] = product;
      }
    }
    return products;
  }

  /** P S P'ᵀ, first over the neighbours of u, then over those of v. */
  private double[] aggregate(Graph g, Graph h, double[] s) {
    int n = h.nodes();
    double[] half = s.clone();
    for (int u = 0; u < g.nodes(); u++) {
      for (int k = 0; k < g.degree(u); k++) {
        int from = g.neighbour(u, k) * n;
        for (int v = 0; v < n; v++) {
          half[u * n + v] += s[from + v];
        }
      }
    }
    double[] whole = new double[s.length];
    for (int u = 0; u < g.nodes(); u++) {
      for (int v = 0; v < n; v++) {
        double sum = half[u * n + v];
        for (int k = 0; k < h.degree(v); k++) {
          sum += half[u * n + h.neighbour(v, k)];
        }
        whole[u * n + v] =
            parameters.scale() == GntkParameters.Scale.DEGREE
                ? sum / ((g.degree(u) + 1.0) * (h.degree(v) + 1.0))
                : sum;
      }
    }
    return whole;
  }

  private void layers(double[] sigma, double[] theta, double[] norms, double[] otherNorms) {
    for (int layer = 0; layer < parameters.mlpLayers(); layer++) {
      for (int u = 0, k = 0; u < norms.length; u++) {
        for (int v = 0; v < otherNorms.length; v++, k++) {
          double scale = norms[u] * otherNorms[v];
          if (scale == 0) {
            continue; // a node without features; the public code divides 0 by 0
          }
          double rho = Math.max(-1, Math.min(1, sigma[k] / scale));
          double angle = Math.PI - Math.acos(rho);
          double k1 = (rho * angle + Math.sqrt(1 - rho * rho)) / Math.PI;
          theta[k] = theta[k] * (angle / Math.PI) + scale * k1;
          sigma[k] = scale * k1;
        }
      }
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
