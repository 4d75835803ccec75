package dev.kindling.spark.pipeline;

import dev.kindling.BadInput;
import dev.kindling.data.InputPath;
import dev.kindling.spark.job.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pipeline, on which day, with which parameters. */
final class PipelineFile {
  @Parameters(paramLabel = "FILE", description = "The pipeline, on any Hadoop file system.")
  String file;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the file; may be given several times.")
  Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "What $${date} is. Default: today in UTC.")
  String date;

  /**
   * @throws BadInput with file and line
   */
  PipelineText read() {
    Configuration conf = Sessions.hadoop();
    try {
      FileStatus status = InputPath.require(file, conf);
      if (status.isDirectory()) {
        throw new BadInput(file + " is a folder; give a pipeline's file");
      }
      if (status.getLen() > 4L * YamlText.MOST_CHARACTERS) {
        throw new BadInput(file + ": more than 1 MiB of text; a pipeline is shorter");
      }
      byte[] bytes;
      Path path = status.getPath();
      try (InputStream in = path.getFileSystem(conf).open(path)) {
        bytes = in.readAllBytes();
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return PipelineParser.parse(file, path.getName().replaceFirst("\\.[^.]*$", ""), text);
    } catch (CharacterCodingException e) {
      throw new BadInput(file + ": is not UTF-8 text; save it as such", e);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Parameters, date and home by name.
   *
   * @throws BadInput for a parameter that the pipeline does not have
   */
  Map<String, String> variables(PipelineText pipeline, LocalDate today) {
    Map<String, String> variables = new LinkedHashMap<>(pipeline.parameters());
    Place place = new Place("--set", 0);
    set.forEach(
        (name, value) -> {
          if (variables.replace(name, value) == null) {
            throw new BadInput(
                place
                    .unknown("parameter", name, pipeline.parameters().keySet())
                    .getMessage()
                    .replaceFirst("^--set:0", "--set " + name + "=" + value));
          }
        });
    variables.put("date", day(today));
    Template home = pipeline.home();
    variables.put(
        "home",
        home.fill(
                name -> {
                  if (variables.containsKey(name)) {
                    return variables.get(name);
                  }
                  throw home.place().unknown("variable", name, variables.keySet());
                })
            .replaceFirst("(?<=.)/+$", ""));
    return variables;
  }

  private String day(LocalDate today) {
    try {
      return date == null ? today.toString() : LocalDate.parse(date).toString();
    } catch (DateTimeParseException e) {
      throw new BadInput("--date " + date + ": should be a day such as 2026-11-20", e);
    }
  }
}
