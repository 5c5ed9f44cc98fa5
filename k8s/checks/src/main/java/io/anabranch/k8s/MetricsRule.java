package io.anabranch.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Prometheus finds every pod, at a port that has a name, and Flink listens there. */
final class MetricsRule implements Rule {
  private static final String REPORTER = "metrics.reporter.prom.";
  private static final String FACTORY =
      "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";

  @Override
  public void check(Overlay overlay, Findings findings) {
    for (FlinkJob job : overlay.flinkJobs().toList()) {
      Map<String, String> options = job.options();
      if (!FACTORY.equals(options.get(REPORTER + "factory.class"))) {
        findings.add(this, job.manifest(), REPORTER + "factory.class must be " + FACTORY);
      }
      String port = options.getOrDefault(REPORTER + "port", "");
      String named =
          job.container().stream()
              .flatMap(container -> FlinkJob.stream(container.path("ports")))
              .filter(each -> each.path("containerPort").asText().equals(port))
              .map(each -> each.path("name").asText())
              .findFirst()
              .orElse("");
      if (named.isEmpty()) {
        findings.add(
            this, job.manifest(), "the container must name port " + port + " of the reporter");
      } else if (overlay.of("PodMonitor").noneMatch(monitor -> scrapes(monitor, named))) {
        findings.add(this, job.manifest(), "no PodMonitor scrapes port " + named);
      }
      JsonNode labels = job.at("/spec/podTemplate/metadata/labels");
      select(overlay, "PodMonitor", "/spec/selector/matchLabels", labels, findings);
      select(overlay, "NetworkPolicy", "/spec/podSelector/matchLabels", labels, findings);
    }
  }

  private static boolean scrapes(Manifest monitor, String port) {
    return FlinkJob.stream(monitor.tree().at("/spec/podMetricsEndpoints"))
        .anyMatch(endpoint -> endpoint.path("port").asText().equals(port));
  }

  /** A transformer of labels changes selectors, and not the labels in a FlinkDeployment. */
  private void select(
      Overlay overlay, String kind, String pointer, JsonNode labels, Findings findings) {
    for (Manifest manifest : overlay.of(kind).toList()) {
      JsonNode selector = manifest.tree().at(pointer);
      boolean selects =
          selector.size() > 0
              && selector.properties().stream()
                  .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
      if (!selects) {
        findings.add(
            this, manifest, "selects " + selector + ", and the pods have the labels " + labels);
      }
    }
  }
}
