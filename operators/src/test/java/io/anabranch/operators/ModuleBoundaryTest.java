package io.anabranch.operators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the import rules of the build cannot see: names written in full. */
@AnalyzeClasses(packages = "io.anabranch.operators", importOptions = DoNotIncludeTests.class)
class ModuleBoundaryTest {

  @ArchTest
  static final ArchRule operatorsKnowNoTransportAndNoFormat =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.apache.flink.connector..",
              "com.fasterxml..",
              "org.snakeyaml..",
              "org.apache.flink.shaded..")
          .because(
              "operators are embedded in anyone's job, whatever its transport and its formats");

  @ArchTest static final ArchRule operatorsAreSilent = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
