package dev.kindling.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * SHA-256 of what a run's Parquet files hold, read value by value: encodings, pages and metadata
 * have no part in it, nor has the cut of the rows into files.
 */
final class ContentHashes {
  private final MessageDigest digest;
  private final DataOutputStream out;

  private ContentHashes() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
  }

  /**
   * Hashes by name: {@code gram} of a table, {@code answers} of a stream's answers, {@code
   * model/colors.weights} of a column of doubles in a model. Of models the other columns are left
   * out, so that their format may change.
   */
  static Map<String, String> of(Path run) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Path folder : folders(run.resolve("tables"))) {
      hashes.put(folder.getFileName().toString(), table(folder));
    }
    if (Files.exists(run.resolve("answers"))) {
      hashes.put("answers", table(run.resolve("answers")));
    }
    for (Path folder : folders(run.resolve("model"))) {
      if (!folder.endsWith("metadata")) {
        for (Type column : schema(folder).getFields()) {
          if (holdsDoubles(column)) {
            hashes.put(
                "model/" + folder.getFileName() + "." + column.getName(), column(folder, column));
          }
        }
      }
    }
    return hashes;
  }

  private static String table(Path folder) throws IOException {
    ContentHashes content = new ContentHashes();
    content.types(schema(folder));
    for (Group row : rows(folder)) {
      content.values(row);
    }
    return content.hash();
  }

  private static String column(Path folder, Type column) throws IOException {
    ContentHashes content = new ContentHashes();
    for (Group row : rows(folder)) {
      content.values(row, row.getType().getFieldIndex(column.getName()));
    }
    return content.hash();
  }

  private static List<Path> folders(Path parent) throws IOException {
    if (!Files.exists(parent)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(Files::isDirectory).toList();
    }
  }

  /** The order of their names is the order of the rows. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static MessageType schema(Path folder) throws IOException {
    MessageType first = null;
    for (Path file : files(folder)) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(hadoop(file), new Configuration(false)))) {
        MessageType schema = reader.getFileMetaData().getSchema();
        first = first == null ? schema : first;
        assertThat(schema).as(file.toString()).isEqualTo(first);
      }
    }
    assertThat(first).as("files in " + folder).isNotNull();
    return first;
  }

  private static List<Group> rows(Path folder) throws IOException {
    List<Group> rows = new ArrayList<>();
    for (Path file : files(folder)) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), hadoop(file)).build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static org.apache.hadoop.fs.Path hadoop(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }

  private static boolean holdsDoubles(Type type) {
    return type.isPrimitive()
        ? type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE
        : type.asGroupType().getFields().stream().anyMatch(ContentHashes::holdsDoubles);
  }

  private void types(GroupType group) throws IOException {
    out.writeInt(group.getFieldCount());
    for (Type type : group.getFields()) {
      out.writeUTF(type.getName());
      out.writeUTF(type.getRepetition().name());
      if (type.isPrimitive()) {
        out.writeUTF(type.asPrimitiveType().getPrimitiveTypeName().name());
        out.writeBoolean(type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation);
      } else {
        types(type.asGroupType());
      }
    }
  }

  private void values(Group group) throws IOException {
    for (int field = 0; field < group.getType().getFieldCount(); field++) {
      values(group, field);
    }
  }

  /** Counts come first, so that nulls and empty lists do not merge with what follows. */
  private void values(Group group, int field) throws IOException {
    Type type = group.getType().getType(field);
    int count = group.getFieldRepetitionCount(field);
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      if (type.isPrimitive()) {
        value(type.asPrimitiveType().getPrimitiveTypeName(), group, field, i);
      } else {
        values(group.getGroup(field, i));
      }
    }
  }

  private void value(PrimitiveTypeName type, Group group, int field, int i) throws IOException {
    switch (type) {
      case INT32 -> out.writeInt(group.getInteger(field, i));
      case INT64 -> out.writeLong(group.getLong(field, i));
      case DOUBLE -> out.writeLong(Double.doubleToRawLongBits(group.getDouble(field, i)));
      case BOOLEAN -> out.writeBoolean(group.getBoolean(field, i));
      case BINARY -> {
        byte[] bytes = group.getBinary(field, i).getBytes();
        out.writeInt(bytes.length);
        out.write(bytes);
      }
      default -> throw new AssertionError("no result table has values of type " + type);
    }
  }

  private String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
