package dev.kindling.data.graph;

import dev.kindling.gntk.Graph;
import java.io.IOException;
import java.io.StringReader;
import org.openscience.cdk.config.Elements;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;
import org.openscience.cdk.io.DefaultChemObjectReader;
import org.openscience.cdk.io.MDLV2000Reader;
import org.openscience.cdk.io.MDLV3000Reader;
import org.openscience.cdk.io.setting.BooleanIOSetting;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmilesParser;
import org.openscience.cdk.tools.LoggingToolFactory;

/**
 * The Chemistry Development Kit, which reads mol blocks and SMILES. Its jars are LGPL and stand
 * beside Kindling's, so it may be absent: see {@link CdkPresence}. Nothing else knows it.
 *
 * <p>An atom becomes a node with its atomic number as tag, 0 for what is no element ({@code *}, R
 * groups); hydrogens are nodes where the file writes them as atoms. A bond becomes an edge whatever
 * its order. Charges, isotopes, stereochemistry and coordinates are not kept.
 */
final class Cdk {
  private final SmilesParser smiles;

  Cdk() {
    if (LoggingToolFactory.getLoggingToolClass() == null) {
      LoggingToolFactory.setLoggingToolClass(CdkLog.class);
    }
    smiles = new SmilesParser(SilentChemObjectBuilder.getInstance());
    // Bond orders are not kept, so rings without an assignment of double bonds are no error.
    smiles.kekulise(false);
  }

  static boolean isElement(String symbol) {
    return Elements.ofString(symbol) != Elements.Unknown;
  }

  /**
   * The graph of a molecule in one word; null without atoms.
   *
   * @throws BrokenRecord if it is no SMILES
   */
  Graph smiles(String text) throws BrokenRecord {
    try {
      return text.isEmpty() ? null : graph(smiles.parseSmiles(text));
    } catch (CDKException | RuntimeException | StackOverflowError e) {
      throw broken(e);
    }
  }

  /**
   * The graph of a mol block; null without atoms.
   *
   * @throws BrokenRecord if it is none
   */
  Graph molBlock(String block, boolean v3000) throws BrokenRecord {
    try (DefaultChemObjectReader reader =
        v3000
            ? new MDLV3000Reader(new StringReader(block))
            : new MDLV2000Reader(new StringReader(block))) {
      reader.getSettings().stream()
          .filter(setting -> setting.getName().startsWith("AddStereo"))
          .forEach(setting -> off((BooleanIOSetting) setting));
      return graph(reader.read(SilentChemObjectBuilder.getInstance().newAtomContainer()));
    } catch (CDKException | IOException | RuntimeException | StackOverflowError e) {
      throw broken(e);
    }
  }

  private static void off(BooleanIOSetting setting) {
    try {
      setting.setSetting("false");
    } catch (CDKException e) {
      throw new IllegalStateException("false is a value of every switch", e);
    }
  }

  private static BrokenRecord broken(Throwable e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = reason.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    return new BrokenRecord(
        0, "CDK cannot read it: " + (line.length() > 200 ? line.substring(0, 200) + "…" : line));
  }

  private static Graph graph(IAtomContainer molecule) {
    int atoms = molecule.getAtomCount();
    if (atoms == 0) {
      return null;
    }
    int[] tags = new int[atoms];
    for (int i = 0; i < atoms; i++) {
      Integer number = molecule.getAtom(i).getAtomicNumber();
      tags[i] = number == null ? 0 : number;
    }
    int[] sources = new int[molecule.getBondCount()];
    int[] targets = new int[sources.length];
    for (int i = 0; i < sources.length; i++) {
      IBond bond = molecule.getBond(i);
      sources[i] = molecule.indexOf(bond.getBegin());
      targets[i] = molecule.indexOf(bond.getEnd());
    }
    return Graph.of(tags, sources, targets);
  }
}
