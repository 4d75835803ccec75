package dev.kindling.data.graph;

import java.util.List;

/** Molecules of a file of SMILES, one a line. */
record SmilesLineParser(Cdk cdk, SmilesColumns columns) implements MoleculeParser {
  @Override
  public Molecule parse(MoleculeRecord record) throws BrokenRecord {
    String line = columns.bare(record.lines().get(0));
    List<String> cells = SmilesColumns.split(line);
    return new Molecule(
        columns.name(line, cells), columns.label(cells), cdk.smiles(cells.get(0).strip()));
  }
}
