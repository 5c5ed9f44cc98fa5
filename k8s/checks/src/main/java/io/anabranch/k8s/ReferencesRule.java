package io.anabranch.k8s;

import java.util.Set;
import java.util.TreeSet;

/** What is named is there: ServiceAccounts, Roles, ConfigMaps, claims, and all in one namespace. */
final class ReferencesRule implements Rule {

  @Override
  public void check(Overlay overlay, Findings findings) {
    for (FlinkJob job : overlay.flinkJobs().toList()) {
      require(overlay, job.manifest(), "ServiceAccount", "/spec/serviceAccount", findings);
      for (var volume : job.pod().path("volumes")) {
        named(
            overlay, job.manifest(), "ConfigMap", volume.at("/configMap/name").asText(), findings);
        named(
            overlay,
            job.manifest(),
            "PersistentVolumeClaim",
            volume.at("/persistentVolumeClaim/claimName").asText(),
            findings);
      }
    }
    for (Manifest binding : overlay.of("RoleBinding").toList()) {
      require(overlay, binding, "Role", "/roleRef/name", findings);
      require(overlay, binding, "ServiceAccount", "/subjects/0/name", findings);
    }
    for (Manifest snapshot : overlay.of("FlinkStateSnapshot").toList()) {
      require(overlay, snapshot, "FlinkDeployment", "/spec/jobReference/name", findings);
    }
    Set<String> namespaces = new TreeSet<>();
    overlay.manifests().forEach(each -> namespaces.add(each.text("/metadata/namespace")));
    if (namespaces.size() != 1 || namespaces.contains("")) {
      findings.add(
          this,
          overlay.manifests().get(0),
          "all of the overlay must be in one namespace, got " + namespaces);
    }
  }

  private void require(
      Overlay overlay, Manifest from, String kind, String pointer, Findings findings) {
    if (from.text(pointer).isEmpty()) {
      findings.add(this, from, pointer + " must name a " + kind);
    }
    named(overlay, from, kind, from.text(pointer), findings);
  }

  private void named(Overlay overlay, Manifest from, String kind, String name, Findings findings) {
    if (!name.isEmpty() && !overlay.has(kind, name)) {
      findings.add(this, from, "there is no " + kind + " " + name);
    }
  }
}
