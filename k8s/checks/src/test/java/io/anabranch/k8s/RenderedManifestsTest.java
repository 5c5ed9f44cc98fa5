package io.anabranch.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deployed keeps all rules. {@code k8s/render} makes the rendered files. */
class RenderedManifestsTest {
  static final Path ROOT = Path.of("../..");
  static final Path RENDERED = ROOT.resolve("k8s/rendered");

  @ParameterizedTest
  @ValueSource(strings = {"local", "prod"})
  void anOverlayKeepsAllRules(String overlay) throws Exception {
    List<Rule> rules = Rule.all(Surroundings.of(ROOT));

    assertThat(Rule.check(Overlay.read(RENDERED.resolve(overlay + ".yaml")), rules).all())
        .isEmpty();
  }

  @Test
  void theExampleOfASavepointFitsTheOverlay() throws Exception {
    List<Manifest> manifests =
        new ArrayList<>(Overlay.read(RENDERED.resolve("prod.yaml")).manifests());
    manifests.addAll(Overlay.read(ROOT.resolve("k8s/examples/savepoint.yaml")).manifests());

    assertThat(Rule.check(new Overlay("both", manifests), Rule.all(Surroundings.of(ROOT))).all())
        .isEmpty();
  }

  @Test
  void nothingOfAnOverlayIsForgotten() throws Exception {
    for (String overlay : List.of("local", "prod")) {
      assertThat(Overlay.read(RENDERED.resolve(overlay + ".yaml")).manifests())
          .extracting(Manifest::kind)
          .as(overlay)
          .contains(
              "FlinkDeployment",
              "ServiceAccount",
              "Role",
              "RoleBinding",
              "ConfigMap",
              "NetworkPolicy",
              "PodMonitor",
              "KafkaTopic");
    }
  }
}
