/**
 * Dense linear algebra: one BLAS per JVM, and the factorisations on top of it.
 *
 * <p>Matrices are column-major. {@link dev.kindling.linalg.Blas} chooses between OpenBLAS, which is
 * unpacked from the classpath, and netlib's two implementations in Java. Shapes that do not fit
 * throw {@link IllegalArgumentException} with both of them; a matrix that a factorisation cannot
 * take throws {@link dev.kindling.linalg.FactorisationException}.
 */
package dev.kindling.linalg;
