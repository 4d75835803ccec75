package dev.kindling.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An account that runs a command without a home.
 *
 * @param prefix what makes a command its own
 */
record Account(List<String> prefix) {
  private static final String NOBODY = "65534";

  /** Nobody, for a test that runs as root; else this one. */
  static Account another() {
    boolean root = "root".equals(System.getProperty("user.name"));
    return new Account(
        root
            ? List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "env",
                "-u",
                "HOME")
            : List.of("env", "-u", "HOME"));
  }

  /** Runs a script of the folder {@code submit}, without the caches of the caller. */
  Launcher.Finished run(Path folder, Path script, String... words) throws Exception {
    List<String> command = new ArrayList<>(prefix.subList(1, prefix.size()));
    command.addAll(List.of("-u", "XDG_CACHE_HOME", "-u", "XDG_STATE_HOME", script.toString()));
    command.addAll(List.of(words));
    Path program = Path.of(prefix.get(0));
    try (Launcher launcher =
        Launcher.start(folder, Map.of(), program, command.toArray(String[]::new))) {
      return launcher.end();
    }
  }

  /** Lets every account into a folder of a test. */
  static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
