package dev.kindling.data.graph;

import dev.kindling.BadInput;

/** Whether CDK is on the class path; this class links to none of it. */
final class CdkPresence {
  private static final String ABSENT =
      ": molecules are read by CDK, whose jars are not on the class path; submit/kindling takes them"
          + " from submit/target/lib, spark-submit by --jars";

  private CdkPresence() {}

  /**
   * Makes sure that it is there, before a class that needs it is loaded.
   *
   * @param set what is read
   * @throws BadInput if it is not
   */
  static void require(String set) {
    try {
      Class.forName(
          "org.openscience.cdk.smiles.SmilesParser", false, CdkPresence.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new BadInput(absent(set), e);
    }
  }

  /** What to say where it is not there. */
  static String absent(String set) {
    return set + ABSENT;
  }
}
