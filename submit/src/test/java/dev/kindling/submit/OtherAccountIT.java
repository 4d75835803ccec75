package dev.kindling.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clone that another account has built: its jars are in a Maven repository of that account. */
class OtherAccountIT {
  @TempDir Path folder;
  private Path submit;

  @BeforeEach
  void clonedAndBuilt() throws Exception {
    Account.open(folder);
    Files.createFile(folder.resolve("pom.xml"));
    submit = Files.createDirectory(folder.resolve("submit"));
    for (String script : new String[] {"kindling", "environment"}) {
      Files.copy(Launcher.script().resolveSibling(script), submit.resolve(script));
    }
  }

  private Launcher.Finished run() throws Exception {
    return Account.another().run(folder, submit.resolve("kindling"), "gntk", "--data", "bzr");
  }

  @Test
  void aJarThatCannotBeReadIsNamed() throws Exception {
    Path repository = Files.createDirectory(folder.resolve("repository"));
    Path jar = Files.createFile(repository.resolve("x.jar"));
    Path target = Files.createDirectory(submit.resolve("target"));
    Files.writeString(target.resolve("kindling.classpath"), jar + ":" + jar);
    Files.createFile(target.resolve("kindling.jar"));
    Files.setPosixFilePermissions(repository, PosixFilePermissions.fromString("---------"));
    try {
      run()
          .isRefusedWith(
              "cannot read "
                  + jar
                  + ": it belongs to another account's Maven repository; build again as this account, or use the tarball of mvn -Pdist package");
    } finally {
      Files.setPosixFilePermissions(repository, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aBuildThatCannotBeWrittenIsNoBuild() throws Exception {
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      run().isRefusedWith("cannot build in " + submit, "mvn -Pdist package");
      assertThat(submit.resolve("target")).doesNotExist();
    } finally {
      Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
