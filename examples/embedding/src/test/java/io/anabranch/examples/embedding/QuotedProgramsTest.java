package io.anabranch.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation shows is code of this module, which compiles and is tested. */
class QuotedProgramsTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyProgramInTheDocumentationIsOneOfTheseExamples() throws IOException {
    String sources = withoutIndentation(sources());
    List<String> quoted =
        PROGRAM
            .matcher(Files.readString(Path.of("../../docs/embedding.md")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(quoted).hasSizeGreaterThan(2);
    assertThat(quoted)
        .allSatisfy(program -> assertThat(sources).contains(withoutIndentation(program)));
  }

  private static String sources() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("src/main/java/io/anabranch/examples/embedding"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.sorted().toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    }
  }

  private static String withoutIndentation(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n", "", "\n"));
  }
}
