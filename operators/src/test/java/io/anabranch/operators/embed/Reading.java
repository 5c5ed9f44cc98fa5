package io.anabranch.operators.embed;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A POJO with a field of each kind. */
public class Reading {
  public enum Mode {
    ECO,
    FULL
  }

  public String id = "";
  public @Nullable String place;
  public double load;
  public @Nullable Integer people;
  public boolean open;
  public @Nullable Mode mode;
  public double @Nullable [] wave;
  public @Nullable Map<String, Double> counts;
  public @Nullable Object odd;
  private long label;

  public Reading() {}

  public long getLabel() {
    return label;
  }

  public void setLabel(long label) {
    this.label = label;
  }
}
