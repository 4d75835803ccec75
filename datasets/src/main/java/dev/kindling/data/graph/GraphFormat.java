package dev.kindling.data.graph;

import dev.kindling.BadInput;
import dev.kindling.data.InputFile;
import dev.kindling.data.InputPath;
import dev.kindling.data.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How a set of graphs is stored, found from what is at its path. */
enum GraphFormat {
  GIN,
  TU,
  PARQUET,
  SDF,
  SMILES;

  private static final String TEXT = ".txt";
  private static final String IDS = "_ids.txt";
  private static final String EDGES = "_A.txt";
  private static final String ATTRIBUTES = "_node_attributes.txt";
  private static final String LABELS = "_graph_labels.txt";
  private static final String NUMBERS = "_graph_attributes.txt";
  private static final Pattern MOLECULES =
      Pattern.compile("(.+)[.](?:(sdf?)|smi(?:les)?)(?:[.]gz)?", Pattern.CASE_INSENSITIVE);
  private static final List<String> TU_SUFFIXES =
      List.of(EDGES, "_graph_indicator.txt", LABELS, NUMBERS, "_node_labels.txt", ATTRIBUTES);

  /**
   * @param format what is there
   * @param name the set's name, which in GIN and TU begins the names of its files
   * @param files every file that the graphs depend on, by the rest of its name
   */
  record Found(GraphFormat format, String name, SortedMap<String, InputFile> files) {
    /** With those files alone that the graphs depend on when they are read so. */
    Found as(GraphOptions options) {
      SortedMap<String, InputFile> rest = new TreeMap<>(files);
      if (!options.attributes()) {
        rest.remove(ATTRIBUTES);
      }
      rest.remove(options.labelColumn() == null && files.containsKey(LABELS) ? NUMBERS : LABELS);
      return new Found(format, name, rest);
    }
  }

  /**
   * @throws BadInput if nothing that can be read is there
   */
  static Found at(String uri, Configuration conf) throws IOException {
    FileStatus status = InputPath.require(uri, conf);
    return find(status, conf)
        .orElseThrow(
            () ->
                new BadInput(
                    InputPath.show(status.getPath())
                        + (status.isDirectory()
                            ? ": no graphs in this folder; expected a TU set (DS_A.txt, …), Parquet files, molecules (.sdf, .smi) or one GIN text (NAME.txt)"
                            : ": not a set of graphs; expected GIN text (.txt), Parquet (.parquet), molecules (.sdf, .smi) or a TU folder")));
  }

  /**
   * What looks like a set of graphs, or nothing.
   *
   * @throws BadInput if it could be several
   */
  static Optional<Found> find(FileStatus status, Configuration conf) throws IOException {
    FileSystem fs = status.getPath().getFileSystem(conf);
    if (!status.isDirectory()) {
      return ofFile(fs, status);
    }
    Map<String, FileStatus> files = new TreeMap<>();
    for (FileStatus child : InputPath.visible(fs, status.getPath())) {
      if (child.isFile()) {
        files.put(child.getPath().getName(), child);
      }
    }
    List<String> sets = prefixes(files, EDGES);
    if (!sets.isEmpty()) {
      String set = theOne(sets, status.getPath(), EDGES);
      return Optional.of(found(TU, set, TU_SUFFIXES, files));
    }
    SortedMap<String, InputFile> parquet = new TreeMap<>();
    for (String name : files.keySet()) {
      if (name.endsWith(".parquet")) {
        parquet.put(name, StoredFile.of(files.get(name), name));
      }
    }
    if (!parquet.isEmpty()) {
      return Optional.of(new Found(PARQUET, status.getPath().getName(), parquet));
    }
    Optional<Found> molecules = molecules(status.getPath(), files);
    if (molecules.isPresent()) {
      return molecules;
    }
    List<String> texts =
        prefixes(files, TEXT).stream()
            .filter(name -> !name.endsWith("_ids") || !files.containsKey(withoutIds(name) + TEXT))
            .toList();
    if (!texts.isEmpty()) {
      String set = theOne(texts, status.getPath(), TEXT);
      return Optional.of(found(GIN, set, List.of(TEXT, IDS), files));
    }
    return Optional.empty();
  }

  private static Optional<Found> ofFile(FileSystem fs, FileStatus file) throws IOException {
    Path path = file.getPath();
    String name = path.getName();
    if (name.endsWith(TEXT)) {
      String prefix = name.substring(0, name.length() - TEXT.length());
      Map<String, FileStatus> files = new TreeMap<>();
      files.put(name, file);
      Path ids = new Path(path.getParent(), prefix + IDS);
      if (fs.exists(ids)) {
        files.put(ids.getName(), fs.getFileStatus(ids));
      }
      return Optional.of(found(GIN, prefix, List.of(TEXT, IDS), files));
    }
    if (name.endsWith(".parquet")) {
      SortedMap<String, InputFile> one = new TreeMap<>();
      one.put(name, StoredFile.of(file, name));
      return Optional.of(new Found(PARQUET, name, one));
    }
    return molecules(path.getParent(), Map.of(name, file));
  }

  /** All files of molecules in a folder, or the one that was named; of one kind. */
  private static Optional<Found> molecules(Path folder, Map<String, FileStatus> files) {
    SortedMap<String, InputFile> own = new TreeMap<>();
    GraphFormat format = null;
    String prefix = folder.getName();
    for (Map.Entry<String, FileStatus> file : files.entrySet()) {
      String name = file.getKey();
      Matcher matcher = MOLECULES.matcher(name);
      if (!matcher.matches()) {
        continue;
      }
      GraphFormat found = matcher.group(2) == null ? SMILES : SDF;
      if (format != null && found != format) {
        throw BadInput.of(
            "%s: both SDF and SMILES in this folder: %s and %s; name one of the files",
            InputPath.show(folder), own.firstKey(), name);
      }
      format = found;
      prefix = files.size() == 1 ? matcher.group(1) : prefix;
      own.put(name, StoredFile.of(file.getValue(), name));
    }
    return own.isEmpty() ? Optional.empty() : Optional.of(new Found(format, prefix, own));
  }

  private static Found found(
      GraphFormat format, String name, List<String> suffixes, Map<String, FileStatus> files) {
    SortedMap<String, InputFile> own = new TreeMap<>();
    for (String suffix : suffixes) {
      if (files.containsKey(name + suffix)) {
        own.put(suffix, StoredFile.of(files.get(name + suffix), name + suffix));
      }
    }
    return new Found(format, name, own);
  }

  private static String withoutIds(String name) {
    return name.substring(0, name.length() - "_ids".length());
  }

  private static List<String> prefixes(Map<String, FileStatus> files, String suffix) {
    return files.keySet().stream()
        .filter(name -> name.endsWith(suffix))
        .map(name -> name.substring(0, name.length() - suffix.length()))
        .toList();
  }

  /** Of several sets the one that is named like its folder. */
  private static String theOne(List<String> names, Path folder, String suffix) {
    if (names.size() == 1 || names.contains(folder.getName())) {
      return names.size() == 1 ? names.get(0) : folder.getName();
    }
    throw BadInput.of(
        "%s: more than one set of graphs in this folder: %s; one is allowed, or one named like the folder",
        InputPath.show(folder), InputPath.some(names.stream().map(name -> name + suffix).toList()));
  }
}
