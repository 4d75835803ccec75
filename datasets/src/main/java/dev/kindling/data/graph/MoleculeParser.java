package dev.kindling.data.graph;

/** Makes a graph of a record; one for each task. */
interface MoleculeParser {
  /**
   * @throws BrokenRecord if it holds no molecule, or lacks the label that was asked for
   */
  Molecule parse(MoleculeRecord record) throws BrokenRecord;
}
