/** Nyström approximation of a kernel from some of its columns, and how to choose them. */
package dev.kindling.nystrom;
