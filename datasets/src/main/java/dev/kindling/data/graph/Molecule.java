package dev.kindling.data.graph;

import dev.kindling.gntk.Graph;

/**
 * What a record says of its molecule.
 *
 * @param name empty where it has none
 * @param label null where none was asked for
 * @param graph null for a molecule without atoms
 */
record Molecule(String name, String label, Graph graph) {}
