package io.anabranch.models.learner;

/** Where a model lives and what its work is divided by. */
public enum Placement {
  /** One model in parameter shards, with replicas in trainers; parallel by data. */
  SHARED("shared"),
  /** One model per entity key in keyed state; parallel by key. */
  PER_KEY("per-key"),
  /** Members in keyed state whose votes are combined; parallel by member. */
  ENSEMBLE("ensemble");

  private final String text;

  Placement(String text) {
    this.text = text;
  }

  /** The name used in pipeline files. */
  public String text() {
    return text;
  }
}
