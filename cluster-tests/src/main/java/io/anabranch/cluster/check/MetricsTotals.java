package io.anabranch.cluster.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anabranch.cluster.feed.FedCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last cumulative figures of each learner on the metrics topic. */
public final class MetricsTotals {
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, JsonNode> last = new TreeMap<>();

  /** Takes a value of the metrics topic, in the order of the topic. */
  public void enter(byte[] value) {
    try {
      JsonNode report = json.readTree(value);
      if (report.path("window").asText().equals("cumulative")) {
        last.put(report.path("learner").asText(), report);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a metrics record is not JSON", e);
    }
  }

  /** Whether all figures say what was fed. */
  public List<Finding> findings(List<String> learners, FedCounts fed) {
    List<Finding> findings = new ArrayList<>();
    for (String learner : learners) {
      JsonNode report = last.getOrDefault(learner, json.createObjectNode());
      Map<String, Long> wrong = new TreeMap<>();
      for (String figure : List.of("examples", "scored", "records")) {
        long got = report.path(figure).asLong(-1);
        if (got != fed.total()) {
          wrong.put(figure, got);
        }
      }
      for (String figure : List.of("deadLetters", "unlabelled")) {
        long got = report.path(figure).asLong(-1);
        if (got != 0) {
          wrong.put(figure, got);
        }
      }
      findings.add(
          new Finding(
              "metrics agree: " + learner,
              wrong.isEmpty(),
              wrong.isEmpty()
                  ? "examples, scored and records"
                  : "must be " + fed.total() + " and no dead letters, got " + wrong));
    }
    return findings;
  }
}
