package dev.kindling.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The pom's property {@code spark.jvm} is what surefire and the launcher give to their JVMs. */
class JavaModuleOptionsTest {
  @Test
  void thisJvmHasEveryOptionOfSparkButTheVectorModule() {
    List<String> wanted =
        Stream.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+"))
            .filter(option -> !option.contains("jdk.incubator.vector"))
            .toList();
    assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
        .containsAll(joined(wanted));
    assertThat(wanted).hasSizeGreaterThan(10);
  }

  @Test
  void sparkStartsAndCountsInThisJvm() {
    List<Row> rows = LocalSpark.session().range(10).selectExpr("sum(id)").collectAsList();
    assertThat(rows.get(0).getLong(0)).isEqualTo(45);
  }

  /** The JVM says {@code --add-opens=x} where it was given {@code --add-opens x}. */
  private static List<String> joined(List<String> options) {
    String text = String.join(" ", options).replaceAll("(--add-\\w+) ", "$1=");
    return Arrays.asList(text.split(" "));
  }
}
