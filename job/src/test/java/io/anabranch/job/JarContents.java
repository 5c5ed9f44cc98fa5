package io.anabranch.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** What may not be in a jar that was merged from others. */
final class JarContents {
  private JarContents() {}

  /** A sentence for each thing that is wrong. */
  static List<String> problems(Path file) throws IOException {
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (String name : jar.stream().map(JarEntry::getName).toList()) {
        if (!names.add(name)) {
          problems.add(name + ": is there twice");
        }
        if (name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)")) {
          problems.add(name + ": signs what merging has changed");
        }
      }
      Manifest manifest = jar.getManifest();
      if (manifest != null) {
        for (Map.Entry<String, Attributes> section : manifest.getEntries().entrySet()) {
          if (section.getValue().keySet().stream()
              .anyMatch(key -> (key + "").endsWith("-Digest"))) {
            problems.add(section.getKey() + ": has a digest in the manifest");
          }
        }
      }
    }
    return problems;
  }
}
