package io.anabranch.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;

/** A FlinkDeployment and what rules ask of it. */
record FlinkJob(Manifest manifest) {
  /** By this name the operator finds the container that it completes. */
  static final String MAIN_CONTAINER = "flink-main-container";

  JsonNode at(String pointer) {
    return manifest.tree().at(pointer);
  }

  Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    at("/spec/flinkConfiguration")
        .properties()
        .forEach(entry -> options.put(entry.getKey(), entry.getValue().asText()));
    return options;
  }

  Configuration configuration() {
    return Configuration.fromMap(options());
  }

  JsonNode pod() {
    return at("/spec/podTemplate/spec");
  }

  Optional<JsonNode> container() {
    return stream(pod().path("containers"))
        .filter(container -> container.path("name").asText().equals(MAIN_CONTAINER))
        .findFirst();
  }

  /** The elements of a list; none when there is no list. */
  static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
