package dev.kindling.spark.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.kindling.spark.job.KindlingSystem;
import dev.kindling.spark.setting.SettingGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What holds for every system in the registry. */
class SystemsTest {
  private static final Path DOCS = Path.of("docs");
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.kindling");

  @ParameterizedTest
  @FieldSource("dev.kindling.spark.cli.Systems#ALL")
  void onlyTheCommandLineAndItselfKnowASystem(KindlingSystem system) {
    String room = system.job().getPackageName();
    noClasses()
        .that()
        .resideOutsideOfPackages(room + "..", "dev.kindling.spark.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(room + "..")
        .check(ALL);
  }

  @ParameterizedTest
  @FieldSource("dev.kindling.spark.cli.Systems#ALL")
  void aSystemHasItsCommandBenchAndPage(KindlingSystem system) {
    String name = system.job().getAnnotation(Command.class).name();
    CommandLine line = Main.commands();
    assertThat(line.getSubcommands()).containsKey(name);
    assertThat(line.getSubcommands().get("bench").getSubcommands()).containsKey(name);
    assertThat(DOCS.resolve(name + ".md")).exists();
  }

  /**
   * The table of options in a page is made from the settings. With {@code -Dkindling.pages=write}
   * this test writes it.
   */
  @ParameterizedTest
  @FieldSource("dev.kindling.spark.cli.Systems#ALL")
  void thePagesHaveTheOptionsThatThereAre(KindlingSystem system) throws IOException {
    for (Map.Entry<String, SettingGroup> table : system.settings().entrySet()) {
      Path page = DOCS.resolve(table.getKey() + ".md");
      String text = Files.readString(page);
      String begin = "<!-- settings of " + table.getKey() + ", written by SystemsTest -->\n";
      String end = "<!-- end of settings -->";
      int from = text.indexOf(begin) + begin.length();
      int to = text.indexOf(end, from);
      assertThat(text).as("%s", page).contains(begin);
      String wanted = table.getValue().table();
      if (System.getProperty("kindling.pages", "").equals("write")) {
        Files.writeString(page, text.substring(0, from) + wanted + text.substring(to));
      } else {
        assertThat(text.substring(from, to))
            .as("%s: run this test with -Dkindling.pages=write", page)
            .isEqualTo(wanted);
      }
    }
  }
}
