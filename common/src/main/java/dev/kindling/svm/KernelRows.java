package dev.kindling.svm;

import dev.kindling.linalg.Matrix;
import libsvm.svm;
import libsvm.svm_node;
import libsvm.svm_parameter;

/**
 * A symmetric kernel in the form that libsvm reads, for training on any of its rows: libsvm looks
 * an entry up by the serial number that stands first in a row, so rows of the whole matrix do for
 * every subset. An entry and its mirror image share an object: 16 n² bytes.
 */
final class KernelRows {
  static {
    svm.svm_set_print_string_function(text -> {}); // it talks on stdout, where results go
  }

  private final svm_node[][] rows;

  /**
   * @param gram n×n, symmetric. Not modified
   */
  KernelRows(Matrix gram) {
    int n = gram.rows();
    rows = new svm_node[n][n + 1];
    for (int i = 0; i < n; i++) {
      rows[i][0] = node(i + 1);
      for (int j = 0; j <= i; j++) {
        rows[i][j + 1] = rows[j][i + 1] = node(gram.get(i, j));
      }
    }
  }

  private static svm_node node(double value) {
    svm_node node = new svm_node();
    node.value = value;
    return node;
  }

  svm_node[][] select(int[] which) {
    svm_node[][] selected = new svm_node[which.length][];
    for (int k = 0; k < which.length; k++) {
      selected[k] = rows[which[k]];
    }
    return selected;
  }

  /** The options that every training shares; a cache that holds all of the kernel's columns. */
  static svm_parameter parameters(int type, double cost, int rows) {
    svm_parameter p = new svm_parameter();
    p.svm_type = type;
    p.kernel_type = svm_parameter.PRECOMPUTED;
    p.C = cost;
    p.eps = 1e-3;
    p.shrinking = 1;
    p.cache_size = 1 + (16.0 + 4.0 * rows) * rows / (1 << 20);
    p.weight_label = new int[0];
    p.weight = new double[0];
    return p;
  }
}
