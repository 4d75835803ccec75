package dev.kindling.data;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackageRulesTest {
  /** Read once: reading takes longer than all rules together. */
  private static final JavaClasses READERS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.kindling.data");

  @Test
  void readersKnowNoJob() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.kindling.spark..")
        .check(READERS);
  }

  @Test
  void theRootKnowsNeitherTablesNorGraphs() {
    noClasses()
        .that()
        .resideInAPackage("dev.kindling.data")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.kindling.data.table..", "dev.kindling.data.graph..")
        .check(READERS);
  }

  @Test
  void tablesAndGraphsDoNotKnowEachOther() {
    slices().matching("dev.kindling.data.(*)..").should().notDependOnEachOther().check(READERS);
  }

  @Test
  void nobodyKnowsBreezeOrDrawsOrDeserializes() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("breeze..", "java.awt..", "javax.swing..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(READERS);
  }
}
