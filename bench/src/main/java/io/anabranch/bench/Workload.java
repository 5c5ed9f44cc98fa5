package io.anabranch.bench;

import java.util.Locale;
import java.util.SplittableRandom;

/** Records of one shape, and the pipeline that reads them. */
enum Workload {
  /** An id, a key, a label and 8 numbers. */
  JSON_8_FEATURES("8 numbers", 6_000_000) {
    @Override
    RowWriter rows() {
      SplittableRandom random = new SplittableRandom(42);
      double[] weights = {1.5, -1, 0.7, 0.3, -0.6, 0.2, 0, 0.9};
      return (row, into) -> {
        double score = 0;
        into.append("{\"id\":\"r").append(row).append("\",\"key\":\"k").append(row % 1000);
        into.append('"');
        for (int i = 0; i < weights.length; i++) {
          double value = Math.round(random.nextDouble(-2, 2) * 1e6) / 1e6;
          score += weights[i] * value;
          into.append(",\"x").append(i).append("\":").append(value);
        }
        boolean positive = random.nextDouble() < 1 / (1 + Math.exp(-score));
        into.append(",\"label\":").append(positive ? 1 : 0).append('}');
      };
    }
  },

  /** An id, a label and 39 texts of the click-through stream. */
  JSON_39_SPARSE("39 sparse", 4_000_000) {
    @Override
    RowWriter rows() {
      ClickStream stream = new ClickStream(42);
      int[] ids = new int[ClickStream.FIELDS];
      return (row, into) -> {
        int label = stream.next(ids);
        into.append("{\"id\":\"r").append(row).append('"');
        for (int field = 0; field < ClickStream.FIELDS; field++) {
          into.append(",\"f").append(field).append("\":\"");
          into.append(Integer.toHexString(ids[field])).append('"');
        }
        into.append(",\"label\":").append(label).append('}');
      };
    }
  };

  private final String text;
  private final int rowCount;

  Workload(String text, int rowCount) {
    this.text = text;
    this.rowCount = rowCount;
  }

  /** Writes one record. */
  interface RowWriter {
    /** Appends record number {@code row}. */
    void write(int row, StringBuilder into);
  }

  /** Draws the records, the same ones each time. */
  abstract RowWriter rows();

  String text() {
    return text;
  }

  int rowCount() {
    return rowCount;
  }

  String topic() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A pipeline of its own name over this workload's topic. */
  String pipeline(String name, String bootstrap) {
    return String.join(
        "\n",
        "pipeline: " + name,
        "kafka: {bootstrap: \"" + bootstrap + "\"}",
        "input: {topic: " + topic() + ", id: id}",
        "target: {field: label, type: binary, positive: 1}",
        this == JSON_8_FEATURES ? "features: {auto: {exclude: [key]}}" : "features: auto",
        "learners:",
        "  - {id: lr, type: logistic-regression, placement: shared, exchange: {examples: 5000}}",
        "delivery: at-least-once");
  }
}
