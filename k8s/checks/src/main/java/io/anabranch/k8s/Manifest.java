package io.anabranch.k8s;

import com.fasterxml.jackson.databind.JsonNode;

/** One object for Kubernetes. */
record Manifest(String file, JsonNode tree) {

  String kind() {
    return tree.path("kind").asText();
  }

  String name() {
    return tree.at("/metadata/name").asText();
  }

  /** The text at a JSON pointer; empty when there is none. */
  String text(String pointer) {
    return tree.at(pointer).asText();
  }

  @Override
  public String toString() {
    return file + " " + kind() + "/" + name();
  }
}
