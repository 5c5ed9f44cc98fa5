package io.anabranch.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a cluster gets: the shaded job jar. */
class JobJarIT {

  private static final Path JAR = Path.of("target", "anabranch-job.jar");

  private static JarFile jar;
  private static List<String> classes;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(JAR.toFile());
    classes = jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")).toList();
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void theJarStartsTheJob() throws IOException {
    assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
        .isEqualTo(AnabranchJob.class.getName());
    assertThat(classes).contains("io/anabranch/job/AnabranchJob.class");
  }

  @Test
  void ofFlinkOnlyTheConnectorIsInside() {
    assertThat(classes)
        .filteredOn(name -> name.startsWith("org/apache/flink/"))
        .isNotEmpty()
        .allMatch(
            name ->
                name.matches(
                    "org/apache/flink/(connector|streaming/connectors|streaming/util/serialization)/.*"));
  }

  @Test
  void nothingInsideCollidesWithTheClusterOrWithOtherJobs() {
    assertThat(classes)
        .allMatch(
            name ->
                name.startsWith("io/anabranch/")
                    || name.startsWith("org/apache/flink/")
                    || name.startsWith("org/apache/kafka/")
                    || name.startsWith("org/jspecify/")
                    // With native code, whose names cannot be moved.
                    || name.startsWith("com/github/luben/zstd/")
                    || name.startsWith("net/jpountz/")
                    || name.startsWith("org/xerial/snappy/"));
  }

  /** Merging keeps one of all the files that are called LICENSE: Apache's. */
  @Test
  void theTextsOfOtherLicencesAreInside() {
    assertThat(jar.stream().map(JarEntry::getName))
        .contains("META-INF/licenses/fastcsv.txt", "META-INF/licenses/zstd-jni.txt");
  }

  @Test
  void nothingIsThereTwiceOrSigned() throws IOException {
    assertThat(JarContents.problems(JAR)).isEmpty();
  }

  @Test
  void theJarSaysItsVersionWithoutFlink() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), "-jar", JAR.toString(), "--version")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(said).isEqualTo(Version.text() + System.lineSeparator());
    assertThat(process.waitFor()).isZero();
  }
}
