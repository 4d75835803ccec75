/**
 * Kernel ridge regression on a Gram matrix: one eigendecomposition, then every regularisation and
 * every cross-validation from it.
 */
package dev.kindling.ridge;
