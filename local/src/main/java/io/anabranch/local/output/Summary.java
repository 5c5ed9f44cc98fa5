package io.anabranch.local.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.anabranch.operators.record.MetricsReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run came to; {@code summary.json}.
 *
 * @param records decoded records over the pipeline's whole life, dead letters not among them
 * @param unlabelled decoded records without a label
 * @param pending records that still wait for their label
 * @param seconds from the start of this run's job to the end of its input, above 0
 * @param recordsPerSecond records of this run by its seconds
 * @param learners figures by learner, in the pipeline's order: {@code examples}, {@code scored} and
 *     those prequential ones that are defined
 */
public record Summary(
    String pipeline,
    long records,
    long deadLetters,
    long unlabelled,
    long pending,
    double seconds,
    double recordsPerSecond,
    Map<String, Map<String, Double>> learners) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Numbers of a metrics record that are not figures of the learner. */
  private static final Set<String> NOT_FIGURES =
      Set.of("v", "window", "time", "records", "deadLetters", "unlabelled", "pending");

  private static final List<String> COUNTS = List.of("examples", "scored");

  /** Keeps the order of the learners. */
  public Summary {
    learners = Collections.unmodifiableMap(new LinkedHashMap<>(learners));
  }

  /**
   * Sums up.
   *
   * @param ids the learners in the pipeline's order; one without metrics has learned nothing
   * @param latest the last cumulative metrics record of each learner
   * @param recordsBefore records decoded before this run
   */
  public static Summary of(
      String pipeline,
      List<String> ids,
      Map<String, MetricsLine> latest,
      long recordsBefore,
      double seconds) {
    Map<String, Map<String, Double>> learners = new LinkedHashMap<>();
    for (String id : ids) {
      Map<String, Double> figures = new LinkedHashMap<>();
      COUNTS.forEach(count -> figures.put(count, 0.0));
      if (latest.containsKey(id)) {
        figures.putAll(latest.get(id).numbers());
        figures.keySet().removeAll(NOT_FIGURES);
      }
      learners.put(id, figures);
    }
    long records = input(latest.values(), "records");
    return new Summary(
        pipeline,
        records,
        input(latest.values(), "deadLetters"),
        input(latest.values(), "unlabelled"),
        input(latest.values(), "pending"),
        seconds,
        seconds > 0 ? Math.max(0, records - recordsBefore) / seconds : 0,
        learners);
  }

  /** Every learner reports the same input; one that reported last knows the most. */
  public static long input(Collection<MetricsLine> latest, String count) {
    return latest.stream().mapToLong(line -> line.count(count)).max().orElse(0);
  }

  /** Writes the JSON. */
  public void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("pipeline", pipeline);
      json.writeNumberField("records", records);
      json.writeNumberField("deadLetters", deadLetters);
      json.writeNumberField("unlabelled", unlabelled);
      json.writeNumberField("pending", pending);
      json.writeNumberField("seconds", rounded(seconds));
      json.writeNumberField("recordsPerSecond", rounded(recordsPerSecond));
      json.writeObjectFieldStart("learners");
      for (Map.Entry<String, Map<String, Double>> learner : learners.entrySet()) {
        json.writeObjectFieldStart(learner.getKey());
        for (Map.Entry<String, Double> figure : learner.getValue().entrySet()) {
          if (isCount(figure.getKey())) {
            json.writeNumberField(figure.getKey(), figure.getValue().longValue());
          } else {
            json.writeNumberField(figure.getKey(), figure.getValue());
          }
        }
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static boolean isCount(String figure) {
    return COUNTS.contains(figure) || MetricsReport.isCount(figure);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
