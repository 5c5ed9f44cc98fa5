package io.anabranch.operators.record;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One prediction on its way out. A reused buffer: downstream operators are chained, serialise it at
 * once and keep no reference.
 */
@TypeInfo(RecordTypes.Factory.class)
public final class PredictionRecord {
  private String learner = "";
  private String id = "";
  private String key = "";
  private long version;
  private long time;
  private boolean labelled;
  private String label = "";
  private final Prediction prediction = new Prediction();

  /** Takes over who and when from an example; the prediction itself is filled by the learner. */
  public void of(Example example, String learner, long version) {
    this.learner = learner;
    this.version = version;
    id = example.id();
    key = example.key();
    time = example.time();
    labelled = example.labelled();
    label = example.label();
  }

  /** Makes this record equal to another. */
  public void copyFrom(PredictionRecord other) {
    restore(
        other.learner, other.id, other.key, other.version, other.time, other.labelled, other.label);
    prediction.copyFrom(other.prediction);
  }

  void restore(
      String learner,
      String id,
      String key,
      long version,
      long time,
      boolean labelled,
      String label) {
    this.learner = learner;
    this.id = id;
    this.key = key;
    this.version = version;
    this.time = time;
    this.labelled = labelled;
    this.label = label;
  }

  /** The learner's id. */
  public String learner() {
    return learner;
  }

  /** The record's id. */
  public String id() {
    return id;
  }

  /** The entity's key; "" when there is none. */
  public String key() {
    return key;
  }

  /** The model version that predicted. */
  public long version() {
    return version;
  }

  /** Event time, epoch ms. */
  public long time() {
    return time;
  }

  /** Whether the label was in the record. */
  public boolean labelled() {
    return labelled;
  }

  /** The inline label; "" when there was none. */
  public String label() {
    return label;
  }

  /** The prediction, live. */
  public Prediction prediction() {
    return prediction;
  }
}
