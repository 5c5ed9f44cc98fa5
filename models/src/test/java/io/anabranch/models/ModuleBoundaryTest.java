package io.anabranch.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the import rules of the build cannot see: names written in full, and calls into the JDK. */
@AnalyzeClasses(packages = "io.anabranch.models", importOptions = DoNotIncludeTests.class)
class ModuleBoundaryTest {

  @ArchTest
  static final ArchRule modelsNeedNothingButTheJdkAndAHash =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.anabranch.models..", "java..", "org.jspecify..", "net.openhft.hashing..")
          .because("the same code trains in Flink and serves anywhere");

  @ArchTest
  static final ArchRule modelsHaveNoClock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .because("a replay must learn what the first run learned: time comes with the record");

  @ArchTest
  static final ArchRule modelsDrawNoUnseededNumbers =
      noClasses()
          .should()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(java.util.Random.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.concurrent.ThreadLocalRandom.class)
          .because("the generator's state is part of the snapshot, so it must start from a seed");

  @ArchTest
  static final ArchRule modelsDoNoInputOrOutput =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.nio.file..", "java.util.logging..")
          .because("where models are kept is the business of operators and modellog");

  @ArchTest static final ArchRule modelsAreSilent = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
