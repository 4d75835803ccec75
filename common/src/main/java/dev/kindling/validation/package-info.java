/** Judging fits by rows that they have not seen: folds, scores, confusion and ROC. */
package dev.kindling.validation;
