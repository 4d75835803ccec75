/** Multilayer perceptrons over blocks of rows: forward and backward passes by BLAS 3. */
package dev.kindling.nn;
