package dev.kindling.data.graph;

/**
 * Molecules of an SDF, V2000 or V3000.
 *
 * @param property the label; null for none
 */
record SdfParser(Cdk cdk, String property) implements MoleculeParser {
  @Override
  public Molecule parse(MoleculeRecord record) throws BrokenRecord {
    SdfRecord sdf = new SdfRecord(record.lines());
    String label = property == null ? null : sdf.property(property);
    return new Molecule(sdf.name(), label, cdk.molBlock(sdf.block(), sdf.isV3000()));
  }
}
