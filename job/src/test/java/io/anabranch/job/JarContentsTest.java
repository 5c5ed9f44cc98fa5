package io.anabranch.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarContentsTest {
  @TempDir Path directory;

  @Test
  void aJarWithoutSignaturesInWhichEverythingIsOnceIsFine() throws IOException {
    Path jar = jar(new Entry("a/B.class", "1"), new Entry("a/C.class", "1"));
    assertThat(JarContents.problems(jar)).isEmpty();
  }

  @Test
  void aClassThatIsThereTwiceIsNamed() throws IOException {
    Path jar = jar(new Entry("a/B.class", "1"), new Entry("a/B.class", "2"));
    assertThat(JarContents.problems(jar)).containsExactly("a/B.class: is there twice");
  }

  @Test
  void whatIsLeftOfASignatureIsNamed() throws IOException {
    String manifest = "Manifest-Version: 1.0\n\nName: a/B.class\nSHA-256-Digest: AAAA\n\n";
    Path jar =
        jar(
            new Entry(JarFile.MANIFEST_NAME, manifest),
            new Entry("META-INF/SIGNER.SF", "1"),
            new Entry("META-INF/SIGNER.RSA", "1"),
            new Entry("a/B.class", "1"));
    assertThat(JarContents.problems(jar))
        .containsExactly(
            "META-INF/SIGNER.SF: signs what merging has changed",
            "META-INF/SIGNER.RSA: signs what merging has changed",
            "a/B.class: has a digest in the manifest");
  }

  private record Entry(String name, String text) {}

  /** The JDK refuses to write a name twice, this library doesn't. */
  private Path jar(Entry... entries) throws IOException {
    Path file = directory.resolve("planted.jar");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(Files.newOutputStream(file))) {
      for (Entry entry : entries) {
        out.putArchiveEntry(new ZipArchiveEntry(entry.name()));
        out.write(entry.text().getBytes(UTF_8));
        out.closeArchiveEntry();
      }
    }
    return file;
  }
}
