package io.anabranch.modellog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the import rules of the build cannot see: names written in full. */
@AnalyzeClasses(packages = "io.anabranch.modellog", importOptions = DoNotIncludeTests.class)
class ModuleBoundaryTest {

  @ArchTest
  static final ArchRule theModelLogNeedsNoFlink =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..")
          .because("whoever reads models must not need Flink");

  @ArchTest static final ArchRule theModelLogIsSilent = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
