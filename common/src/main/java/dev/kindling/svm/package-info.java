/**
 * Support vector machines on a kernel matrix, by libsvm (Chang and Lin 2011): training, and
 * validation that selects the cost without the test rows.
 */
package dev.kindling.svm;
