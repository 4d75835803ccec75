package dev.kindling.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class PackageRulesTest {
  private static final String ROOT = "dev.kindling.spark";

  /** Read once: reading takes longer than all rules together. */
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.kindling");

  @Test
  void theHouseOfJobsKnowsNoSystem() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".job..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".gntk..",
            ROOT + ".train..",
            ROOT + ".ade..",
            ROOT + ".attention..",
            ROOT + ".regression..",
            ROOT + ".icl..",
            ROOT + ".coin..",
            ROOT + ".pipeline..",
            ROOT + ".bench..",
            ROOT + ".cli..")
        .check(ALL);
  }

  @Test
  void theReportKnowsNothingButItself() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "scala..", "java.awt..", "javax.swing..")
        .check(ALL);
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".job..", ROOT + ".cli..", "dev.kindling.data..")
        .check(ALL);
  }

  @Test
  void onlyTheCommandLineKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".cli..")
        .check(ALL);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(ALL);
  }

  /** What is printed past it reaches the terminal as it is. */
  @Test
  void linesForPeopleArePrintedInOnePlace() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .and()
        .doNotHaveSimpleName("Screen")
        .and()
        .doNotHaveSimpleName("PipelineRun") // JSON
        .should()
        .callMethod(PrintStream.class, "println", String.class)
        .check(ALL);
  }

  @Test
  void oneClassKnowsBreeze() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.kindling.linalg.Breeze")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("breeze..")
        .check(ALL);
  }

  @Test
  void nobodyDrawsOrDeserializes() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.swing..", "javax.imageio..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(ALL);
  }
}
