package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files for schedulers: each is parsed, and the command it holds runs in local mode. */
class ScheduleFilesIT {
  /** One folder for all: the first command computes, the others skip. */
  @TempDir static Path folder;

  @AutoClose private static OneJvm jvm;

  @BeforeAll
  static void start() throws Exception {
    jvm = OneJvm.in(folder);
  }

  private static final Path SUBMIT = Launcher.script().getParent();

  private static String read(String name) throws IOException {
    return Files.readString(SUBMIT.resolve("schedule").resolve(name));
  }

  /** The first document of a file. */
  private static Object yaml(String name) throws IOException {
    return documents(name).get(0);
  }

  private static List<Object> documents(String name) throws IOException {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build()).loadAllFromString(read(name)).forEach(documents::add);
    return documents;
  }

  /** What is at some keys, and at numbers in lists. */
  private static Object at(Object yaml, Object... keys) {
    Object here = yaml;
    for (Object key : keys) {
      here = key instanceof Integer i ? ((List<?>) here).get(i) : ((Map<?, ?>) here).get(key);
      assertThat(here).as(key.toString()).isNotNull();
    }
    return here;
  }

  private static String group(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  /** Runs the words after {@code submit/kindling}, with this clone's files. */
  private static void runs(String words) throws Exception {
    runs(words.strip().split(" +"));
  }

  private static void runs(String... words) throws Exception {
    String[] here =
        Stream.of(words)
            .map(word -> word.replaceFirst("^(/opt/kindling/)?submit/", SUBMIT + "/"))
            .map(word -> word.replace("hdfs:///", folder.resolve("shared") + "/"))
            .map(word -> word.equals("{{ds}}") ? "2026-01-05" : word)
            .toArray(String[]::new);
    Launcher.Finished finished = jvm.run(here).succeeded();
    if (here[0].equals("pipeline")) {
      String last = finished.out().strip();
      assertThat(new ObjectMapper().readTree(last).path("status").asText()).isEqualTo("done");
    }
  }

  private static void isWeekly(String cron) {
    assertThat(cron).isEqualTo("15 3 * * 1");
  }

  @Test
  void cron() throws Exception {
    String line =
        group(read("molecules.cron"), "^(\\S+ \\S+ \\S+ \\S+ [0-7]  cd /var/lib/kindling && .*)$");
    isWeekly(line.substring(0, line.indexOf("  cd")));
    runs(group(line, "submit/kindling ([^>]*)>>"));
  }

  @Test
  void systemd() throws Exception {
    String service = read("kindling-molecules.service");
    assertThat(service).contains("[Unit]", "[Service]", "Type=oneshot");
    // Not the account that has built it: all that can be written is what systemd makes for it.
    assertThat(group(service, "^User=(.*)$")).isEqualTo("kindling");
    String state = group(service, "^StateDirectory=(.*)$");
    assertThat(group(service, "^WorkingDirectory=(.*)$")).isEqualTo("/var/lib/" + state);
    assertThat(group(service, "^Environment=XDG_CACHE_HOME=(.*)$"))
        .isEqualTo("/var/cache/" + group(service, "^CacheDirectory=(.*)$"));
    assertThat(service).contains("ProtectSystem=strict");
    isVerifiedWhereSystemdIs(service);
    assertThat(service.lines().filter(line -> !line.matches("#.*|")))
        .allMatch(line -> line.matches("\\[[A-Z][a-z]+]|[A-Za-z]+=\\S.*"));
    assertThat(group(read("kindling-molecules.timer"), "^OnCalendar=(.*)$"))
        .isEqualTo("Mon *-*-* 03:15:00");
    runs(group(service, "^ExecStart=/opt/kindling/submit/kindling (.*)$"));
  }

  private static void isVerifiedWhereSystemdIs(String service) throws Exception {
    Path unit = folder.resolve("kindling-molecules.service");
    Files.writeString(unit, service.replace("/opt/kindling/submit/", SUBMIT + "/"));
    isAcceptedWhereItIs("systemd-analyze", "verify", "--man=no", unit.toString());
  }

  /** Runs another program on a file, if it is installed. */
  private static void isAcceptedWhereItIs(String program, String... words) throws Exception {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      Path file = Path.of(directory, program);
      if (Files.isExecutable(file)) {
        try (Launcher launcher = Launcher.start(folder, Map.of(), file, words)) {
          launcher.end().succeeded();
        }
        return;
      }
    }
  }

  @Test
  void airflow() throws Exception {
    String dag = read("molecules_airflow.py");
    assertThat(dag)
        .contains("from airflow.providers.standard.operators.bash import BashOperator")
        .doesNotContain("airflow.operators");
    String parse = "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read())";
    isAcceptedWhereItIs(
        "python3", "-c", parse, SUBMIT.resolve("schedule/molecules_airflow.py").toString());
    isWeekly(group(dag, "schedule=\"([^\"]*)\""));
    String command = group(dag, "bash_command=\"[^\"]*submit/kindling ([^\"]*)\"");
    runs(command.replace("{{ ds }}", "{{ds}}"));
  }

  @Test
  void kubernetesCronJob() throws Exception {
    Object job = yaml("kubernetes-cronjob.yaml");
    assertThat(at(job, "kind")).isEqualTo("CronJob");
    assertThat(at(job, "spec", "concurrencyPolicy")).isEqualTo("Forbid");
    isWeekly((String) at(job, "spec", "schedule"));
    Object pod = at(job, "spec", "jobTemplate", "spec", "template", "spec");
    isUserSpark(at(pod, "securityContext"));
    Object container = at(pod, "containers", 0);
    assertThat(at(container, "workingDir"))
        .isEqualTo(at(container, "volumeMounts", 0, "mountPath"));
    assertThat(at(documents("kubernetes-cronjob.yaml").get(1), "metadata", "name"))
        .isEqualTo(at(pod, "volumes", 0, "persistentVolumeClaim", "claimName"));
    List<?> command = (List<?>) at(container, "command");
    assertThat(command.get(0)).isEqualTo("/opt/kindling/submit/kindling");
    runs(command.stream().skip(1).map(Object::toString).toArray(String[]::new));
  }

  @Test
  void kubernetesSparkApplication() throws Exception {
    Object application = yaml("kubernetes-spark-application.yaml");
    assertThat(at(application, "kind")).isEqualTo("SparkApplication");
    isOurs(at(application, "spec"));
  }

  @Test
  void kubernetesScheduledSparkApplication() throws Exception {
    Object application = yaml("kubernetes-scheduled-spark-application.yaml");
    assertThat(at(application, "kind")).isEqualTo("ScheduledSparkApplication");
    assertThat(at(application, "spec", "concurrencyPolicy")).isEqualTo("Forbid");
    isWeekly((String) at(application, "spec", "schedule"));
    isOurs(at(application, "spec", "template"));
  }

  private static void isOurs(Object template) throws Exception {
    assertThat(at(template, "sparkVersion"))
        .isEqualTo(System.getProperty("kindling.spark.version"));
    String jar = (String) at(template, "mainApplicationFile");
    assertThat(jar).startsWith("local:///opt/kindling/submit/");
    isUserSpark(at(template, "driver", "podSecurityContext"));
    isUserSpark(at(template, "executor", "podSecurityContext"));
    isHadoops((String) at(template, "hadoopConfigMap"));
    Path here = SUBMIT.resolve(jar.substring("local:///opt/kindling/submit/".length()));
    String main = (String) at(template, "mainClass");
    try (JarFile file = new JarFile(here.toFile())) {
      assertThat(file.getEntry(main.replace('.', '/') + ".class")).isNotNull();
    }
    String[] words =
        ((List<?>) at(template, "arguments")).stream().map(Object::toString).toArray(String[]::new);
    assertThat(String.join(" ", words)).contains("hdfs:///runs");
    runs(words);
    runs(words); // a week later
  }

  /** The user of the image, whose group the volumes have. */
  private static void isUserSpark(Object context) {
    assertThat(at(context, "runAsUser")).isEqualTo(185);
    assertThat(at(context, "fsGroup")).isEqualTo(185);
    assertThat(at(context, "runAsNonRoot")).isEqualTo(true);
  }

  /** Hadoop reads the files of the config map, and finds an HDFS there. */
  private static void isHadoops(String name) throws Exception {
    Object map = yaml("kubernetes-hadoop.yaml");
    assertThat(at(map, "kind")).isEqualTo("ConfigMap");
    assertThat(at(map, "metadata", "name")).isEqualTo(name);
    Configuration conf = new Configuration(false);
    for (String file : List.of("core-site.xml", "hdfs-site.xml")) {
      String text = (String) at(map, "data", file);
      conf.addResource(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), file);
    }
    assertThat(conf.get("fs.defaultFS")).startsWith("hdfs://");
    assertThat(conf.get("dfs.client.use.datanode.hostname")).isEqualTo("true");
  }
}
