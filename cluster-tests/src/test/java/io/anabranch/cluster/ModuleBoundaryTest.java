package io.anabranch.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.anabranch.cluster", importOptions = DoNotIncludeTests.class)
class ModuleBoundaryTest {

  @ArchTest
  static final ArchRule checksKnowNoProcesses =
      noClasses()
          .that()
          .resideInAnyPackage("io.anabranch.cluster.check..", "io.anabranch.cluster.schedule..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.anabranch.cluster.process..",
              "io.anabranch.cluster.flink..",
              "io.anabranch.cluster.kafka..")
          .because(
              "what must hold and what is done are told apart from how, so both can be tested");
}
