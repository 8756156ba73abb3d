package io.splitio;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/** The house of docs/design.md: who may import whom, and what is done in one place only. */
@AnalyzeClasses(
    packages = "io.splitio",
    importOptions = {DoNotIncludeTests.class, FloorPlanTest.WithoutFakes.class})
class FloorPlanTest {
  private static final String ROOF = "io.splitio";

  /** The fake server is a house of its own. */
  static final class WithoutFakes implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/io/splitio/fake/");
    }
  }

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      slices().matching("io.splitio.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule backendsDoNotKnowOneAnother =
      slices()
          .matching("io.splitio.backend.(*)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule floors =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("api")
          .definedBy("io.splitio.api")
          .layer("keys")
          .definedBy("io.splitio.keys")
          .layer("flag")
          .definedBy("io.splitio.flag")
          .layer("engine")
          .definedBy("io.splitio.engine")
          .layer("log")
          .definedBy("io.splitio.log")
          .layer("telemetry")
          .definedBy("io.splitio.telemetry")
          .layer("record")
          .definedBy("io.splitio.record")
          .layer("json")
          .definedBy("io.splitio.json")
          .layer("codec")
          .definedBy("io.splitio.codec")
          .layer("net")
          .definedBy("io.splitio.net..")
          .layer("backend")
          .definedBy("io.splitio.backend")
          .layer("backends")
          .definedBy("io.splitio.backend.*..")
          .layer("client")
          .definedBy("io.splitio.client")
          .layer("roof")
          .definedBy(ROOF)
          .layer("above")
          .definedBy("io.splitio.featbit")
          .whereLayer("api")
          .mayNotAccessAnyLayer()
          .whereLayer("keys")
          .mayNotAccessAnyLayer()
          .whereLayer("flag")
          .mayOnlyAccessLayers("keys", "api")
          .whereLayer("engine")
          .mayOnlyAccessLayers("flag", "api")
          .whereLayer("log")
          .mayNotAccessAnyLayer()
          .whereLayer("telemetry")
          .mayOnlyAccessLayers("api")
          .whereLayer("record")
          .mayOnlyAccessLayers("telemetry", "log", "api")
          .whereLayer("codec")
          .mayOnlyAccessLayers("json", "engine", "flag", "keys", "log", "api")
          .whereLayer("json")
          .mayOnlyAccessLayers("log")
          .whereLayer("net")
          .mayNotAccessAnyLayer()
          .whereLayer("backend")
          .mayOnlyAccessLayers("engine", "record", "telemetry", "log", "api")
          .whereLayer("backends")
          .mayOnlyAccessLayers(
              "backend",
              "codec",
              "json",
              "net",
              "engine",
              "record",
              "telemetry",
              "flag",
              "log",
              "api")
          .whereLayer("client")
          .mayOnlyAccessLayers("backend", "engine", "flag", "record", "telemetry", "log", "api")
          .whereLayer("roof")
          .mayOnlyBeAccessedByLayers("above")
          .whereLayer("above")
          .mayOnlyAccessLayers(
              "roof", "client", "backends", "backend", "record", "flag", "log", "api")
          .whereLayer("above")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule theApiKnowsNothingButTheJdk =
      classes()
          .that()
          .resideInAPackage("io.splitio.api")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.splitio.api", "java..", "org.jspecify.annotations"));

  @ArchTest
  static final ArchRule thePureFloorsDoNoInputOutputAndReadNoClock =
      noClasses()
          .that()
          .resideInAnyPackage("io.splitio.flag", "io.splitio.engine")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..", "java.nio..", "java.io..", "java.util.concurrent", "org.slf4j..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock");

  @ArchTest
  static final ArchRule jacksonStaysInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.splitio.json")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule okHttpStaysInTheNet =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.splitio.net")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..", "kotlin..");

  @ArchTest
  static final ArchRule snakeYamlStaysInOneReader =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("Yaml")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.yaml..");

  @ArchTest
  static final ArchRule theCoreKnowsNoSpring =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule threadsAreMadeInOnePlace =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.splitio\\.(SdkThreads.*|ShutdownHook|Workers)")
          .should()
          .callConstructor(Thread.class, Runnable.class)
          .orShould()
          .callConstructor(Thread.class, Runnable.class, String.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Executors.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ForkJoinPool.class);

  @ArchTest
  static final ArchRule nobodySleepsOrPrintsOrDeserialises =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream");

  @ArchTest
  static final ArchRule namesSayTheDifferenceNotTheRank =
      noClasses().should().haveNameMatching(".*(Impl|Utils|Helper)$");
}
