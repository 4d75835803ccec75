package dev.kindling;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackageRulesTest {
  /** Read once: reading takes longer than all rules together. */
  private static final JavaClasses MATHS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.kindling");

  @Test
  void oneClassKnowsBreezeAndScala() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.kindling.linalg.Breeze")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("breeze..", "scala..")
        .check(MATHS);
  }

  @Test
  void nothingKnowsSpark() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.spark..").check(MATHS);
  }

  @Test
  void linearAlgebraRestsOnNothingOfOurs() {
    classes()
        .that()
        .resideInAPackage("dev.kindling.linalg..")
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideOutsideOfPackage("dev.kindling..")
                .or(JavaClass.Predicates.resideInAPackage("dev.kindling.linalg.."))
                .or(JavaClass.Predicates.equivalentTo(BadInput.class))
                .or(JavaClass.Predicates.equivalentTo(SettingName.class))
                .or(JavaClass.Predicates.equivalentTo(Words.class)))
        .check(MATHS);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.kindling.(*)..").should().beFreeOfCycles().check(MATHS);
  }
}
