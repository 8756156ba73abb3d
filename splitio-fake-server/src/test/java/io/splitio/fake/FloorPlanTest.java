package io.splitio.fake;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The server needs nothing but the JDK, and its packages form no circle. */
@AnalyzeClasses(packages = "io.splitio.fake", importOptions = DoNotIncludeTests.class)
class FloorPlanTest {
  @ArchTest
  static final ArchRule nothingButTheJdk =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.splitio.fake..", "java..", "javax.net.ssl..", "org.jspecify.annotations"));

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      slices().matching("io.splitio.fake.(*)..").should().beFreeOfCycles();
}
