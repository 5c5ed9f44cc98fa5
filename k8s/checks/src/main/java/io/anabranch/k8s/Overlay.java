package io.anabranch.k8s;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All objects of one rendered overlay. */
record Overlay(String file, List<Manifest> manifests) {
  static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

  Overlay {
    manifests = List.copyOf(manifests);
  }

  static Overlay read(Path path) throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    String file = String.valueOf(path.getFileName());
    try (var reader = Files.newBufferedReader(path);
        MappingIterator<JsonNode> documents =
            YAML.readerFor(new TypeReference<JsonNode>() {}).readValues(reader)) {
      while (documents.hasNext()) {
        manifests.add(new Manifest(file, documents.next()));
      }
    }
    return new Overlay(file, manifests);
  }

  Stream<Manifest> of(String kind) {
    return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
  }

  boolean has(String kind, String name) {
    return of(kind).anyMatch(manifest -> manifest.name().equals(name));
  }

  Stream<FlinkJob> flinkJobs() {
    return of("FlinkDeployment").map(FlinkJob::new);
  }

  Optional<Manifest> find(String kind, String name) {
    return of(kind).filter(manifest -> manifest.name().equals(name)).findFirst();
  }
}
