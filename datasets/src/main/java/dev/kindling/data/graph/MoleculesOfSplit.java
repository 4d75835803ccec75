package dev.kindling.data.graph;

import dev.kindling.SettingName;
import dev.kindling.data.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The graphs of one part of some files of molecules, read while they are asked for, up to and with
 * the first broken record. The file is open until the task ends.
 */
final class MoleculesOfSplit implements Iterator<ParsedGraph> {
  private final MoleculeFiles molecules;
  private final String file;
  private final MoleculeRecords records;
  private final MoleculeParser parser;
  private final long firstRecord;
  private final long firstLine;
  private long graph;
  private ParsedGraph next;
  private boolean ended;

  /**
   * @param firstGraph number of records of the set before this part
   * @param firstRecord the same, of this part's file
   * @param firstLine lines of the file before them
   */
  MoleculesOfSplit(
      MoleculeFiles molecules, int split, long firstGraph, long firstRecord, long firstLine)
      throws IOException, Rejected {
    this.molecules = molecules;
    this.file = molecules.fileName(split);
    this.graph = firstGraph;
    this.firstRecord = firstRecord;
    this.firstLine = firstLine;
    this.records = molecules.open(split);
    TaskCompletionListener close = task -> close();
    TaskContext.get().addTaskCompletionListener(close);
    this.parser = parser(split);
  }

  private MoleculeParser parser(int split) {
    try {
      return molecules.parser(split);
    } catch (NoClassDefFoundError e) {
      next = ParsedGraph.broken(CdkPresence.absent(file) + " (an executor)");
      ended = true;
      return null;
    }
  }

  private void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      advance();
    }
    return next != null;
  }

  private void advance() {
    try {
      if (!records.next()) {
        ended = true;
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Rejected e) {
      throw new IllegalStateException("the file changed after it was counted", e);
    }
    MoleculeRecord record =
        new MoleculeRecord(
            firstRecord + records.records(), firstLine + records.firstLine(), records.lines());
    try {
      Molecule molecule = parser.parse(record);
      next =
          molecule.graph() == null ? ParsedGraph.empty() : ParsedGraph.of(named(record, molecule));
    } catch (BrokenRecord e) {
      String message =
          file
              + ":"
              + (record.line() + e.line())
              + ": record "
              + record.number()
              + ": "
              + e.getMessage();
      boolean skip = molecules.options().skipBad();
      next =
          skip
              ? ParsedGraph.skipped(file, record.number(), message)
              : ParsedGraph.broken(message + HINT);
      ended = !skip;
    }
    graph++;
  }

  private static final String HINT =
      "; fix it, or leave broken records out with " + SettingName.of("skipBad", true);

  /** A molecule without a name is called by its number in the file, which messages give, too. */
  private GraphRecord named(MoleculeRecord record, Molecule molecule) {
    String number = Long.toString(record.number());
    String unnamed = molecules.files().size() == 1 ? number : file + ":" + number;
    return new GraphRecord(
        graph,
        molecule.name().isEmpty() ? unnamed : molecule.name(),
        molecule.label(),
        molecule.graph());
  }

  @Override
  public ParsedGraph next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ParsedGraph result = next;
    next = null;
    return result;
  }
}
