package io.anabranch.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the import rules of the build cannot see: names written in full. */
@AnalyzeClasses(packages = "io.anabranch.job", importOptions = DoNotIncludeTests.class)
class ModuleBoundaryTest {

  @ArchTest
  static final ArchRule theJobKnowsNothingOfTheBroker =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "kafka..",
              "org.apache.kafka.server..",
              "org.apache.flink.runtime.minicluster..",
              "org.apache.flink.shaded..")
          .because(
              "the job jar runs on a cluster, where there is neither an embedded broker nor a MiniCluster");

  @ArchTest
  static final ArchRule theJobIsSilent =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(AnabranchJob.class.getName())
          .should(ACCESS_STANDARD_STREAMS)
          .because("output belongs to the logs; the entry point alone says its version when asked");
}
