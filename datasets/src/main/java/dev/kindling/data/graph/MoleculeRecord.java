package dev.kindling.data.graph;

import java.util.List;

/**
 * One record of a file of molecules, as it stands there.
 *
 * @param number in its file, from 1
 * @param line of the file that its first line is, from 1
 * @param lines of an SDF without the {@code $$$$}; one line of SMILES
 */
record MoleculeRecord(long number, long line, List<String> lines) {}
