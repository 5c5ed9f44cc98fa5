package io.anabranch.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineException;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pipeline file that is mounted is valid, gets its environment and its secrets from the pod,
 * and finds its topics.
 */
final class PipelineRule implements Rule {
  private static final Pattern SECRET = Pattern.compile("\\$\\{file:([^}]*)}");

  @Override
  public void check(Overlay overlay, Findings findings) {
    overlay.flinkJobs().forEach(job -> check(overlay, job, findings));
  }

  private void check(Overlay overlay, FlinkJob job, Findings findings) {
    String place = job.at("/spec/job/args/0").asText();
    Optional<String> text = text(overlay, job, place);
    if (text.isEmpty()) {
      findings.add(this, job.manifest(), "no ConfigMap is mounted that has " + place);
      return;
    }
    Matcher secrets = SECRET.matcher(text.get());
    secrets
        .results()
        .map(secret -> secret.group(1))
        .filter(secret -> !mounted(job, secret))
        .forEach(
            secret ->
                findings.add(this, job.manifest(), "no Secret is mounted that has " + secret));
    try {
      Pipeline pipeline = read(job, place, secrets.replaceAll("secret"));
      if (!pipeline.name().equals(job.manifest().name())) {
        findings.add(this, job.manifest(), "must be named like its pipeline, " + pipeline.name());
      }
      topics(overlay, job, pipeline, findings);
    } catch (PipelineException e) {
      findings.add(this, job.manifest(), String.valueOf(e.getMessage()));
    }
  }

  private static Pipeline read(FlinkJob job, String place, String text) throws PipelineException {
    Map<String, String> environment = new HashMap<>();
    job.container().stream()
        .flatMap(container -> FlinkJob.stream(container.path("env")))
        .forEach(each -> environment.put(each.path("name").asText(), each.path("value").asText()));
    return PipelineFile.read(
        place,
        text,
        List.of(),
        name -> Optional.ofNullable(environment.get(name)),
        new LearnerRegistry(PipelineRule.class.getClassLoader()));
  }

  private void topics(Overlay overlay, FlinkJob job, Pipeline pipeline, Findings findings) {
    List<String> wanted = new ArrayList<>(pipeline.topics().values());
    wanted.add(pipeline.input().topic());
    for (String topic : wanted) {
      if (!overlay.has("KafkaTopic", topic)) {
        findings.add(this, job.manifest(), "there is no KafkaTopic " + topic);
      }
    }
    overlay
        .find("KafkaTopic", String.valueOf(pipeline.topics().get(Pipeline.Output.MODELS)))
        .filter(topic -> !topic.text("/spec/config/cleanup.policy").equals("compact"))
        .ifPresent(
            topic ->
                findings.add(
                    this, topic, "cleanup.policy must be compact: models would be deleted by age"));
  }

  /** The content of the file at a place, if a ConfigMap that is mounted has it. */
  private static Optional<String> text(Overlay overlay, FlinkJob job, String place) {
    return job.container().stream()
        .flatMap(container -> FlinkJob.stream(container.path("volumeMounts")))
        .filter(mount -> place.startsWith(mount.path("mountPath").asText() + "/"))
        .flatMap(
            mount ->
                volume(job, mount)
                    .flatMap(
                        volume ->
                            overlay
                                .find("ConfigMap", volume.at("/configMap/name").asText())
                                .map(
                                    map ->
                                        map.tree()
                                            .path("data")
                                            .path(place.substring(place.lastIndexOf('/') + 1))
                                            .asText("")))
                    .stream())
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private static boolean mounted(FlinkJob job, String place) {
    return job.container().stream()
        .flatMap(container -> FlinkJob.stream(container.path("volumeMounts")))
        .filter(mount -> place.startsWith(mount.path("mountPath").asText() + "/"))
        .flatMap(mount -> volume(job, mount).stream())
        .flatMap(volume -> FlinkJob.stream(volume.at("/secret/items")))
        .anyMatch(item -> place.endsWith("/" + item.path("path").asText()));
  }

  private static Optional<JsonNode> volume(FlinkJob job, JsonNode mount) {
    return FlinkJob.stream(job.pod().path("volumes"))
        .filter(volume -> volume.path("name").equals(mount.path("name")))
        .findFirst();
  }
}
