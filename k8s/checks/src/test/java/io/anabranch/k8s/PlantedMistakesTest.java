package io.anabranch.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of {@code planted/} is a mistake in the overlay for production: {@code change} has JSON
 * pointers into one object and what stands there instead (null: nothing), {@code finds} what must
 * be found, and nothing else.
 */
class PlantedMistakesTest {
  private static final Path PLANTED = Path.of("src/test/resources/planted");

  static Stream<String> mistakes() throws IOException {
    try (Stream<Path> files = Files.list(PLANTED)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  private static JsonNode read(String mistake) throws IOException {
    return Overlay.YAML.readTree(PLANTED.resolve(mistake).toFile());
  }

  private static Overlay planted(JsonNode mistake) throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    int changed = 0;
    for (Manifest manifest :
        Overlay.read(RenderedManifestsTest.RENDERED.resolve("prod.yaml")).manifests()) {
      if ((manifest.kind() + "/" + manifest.name()).equals(mistake.path("in").asText())) {
        mistake
            .path("change")
            .properties()
            .forEach(change -> change(manifest.tree(), change.getKey(), change.getValue()));
        changed++;
        if (mistake.path("change").isEmpty()) {
          continue;
        }
      }
      manifests.add(manifest);
    }
    assertThat(changed).as("objects changed").isEqualTo(1);
    return new Overlay("prod.yaml", manifests);
  }

  private static void change(JsonNode tree, String pointer, JsonNode value) {
    int last = pointer.lastIndexOf('/');
    JsonNode parent = tree.at(pointer.substring(0, last));
    String key = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(key), value);
    } else if (value.isNull()) {
      assertThat(((ObjectNode) parent).remove(key)).as(pointer).isNotNull();
    } else {
      ((ObjectNode) parent).set(key, value);
    }
  }

  private static List<Findings.Finding> findings(JsonNode mistake) throws IOException {
    List<Rule> rules = Rule.all(Surroundings.of(RenderedManifestsTest.ROOT));
    return Rule.check(planted(mistake), rules).all();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aPlantedMistakeIsFound(String name) throws Exception {
    JsonNode mistake = read(name);
    List<String> expected = new ArrayList<>();
    mistake.path("finds").forEach(message -> expected.add(message.asText()));

    assertThat(findings(mistake))
        .extracting(Findings.Finding::message)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyRuleFindsSomething() throws Exception {
    Set<String> fired = new TreeSet<>();
    for (String mistake : mistakes().toList()) {
      findings(read(mistake)).forEach(finding -> fired.add(finding.rule().getSimpleName()));
    }

    assertThat(fired)
        .containsExactlyInAnyOrderElementsOf(
            Rule.all(Surroundings.of(RenderedManifestsTest.ROOT)).stream()
                .map(rule -> rule.getClass().getSimpleName())
                .toList());
  }
}
