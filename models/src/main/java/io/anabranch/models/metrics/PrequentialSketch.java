package io.anabranch.models.metrics;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was scored, in constant memory; merges with others of the same target. */
public final class PrequentialSketch {
  private final Target target;
  private long scored;

  /** An empty sketch. */
  public PrequentialSketch(Target target) {
    this.target = target;
  }

  /** Scores a prediction that was made before its label was learned. */
  public void score(Prediction prediction, Example example) {
    if (prediction.type() == target.type() && example.labelled()) {
      scored++;
    }
  }

  /** Adds what another sketch of the same target scored. */
  public void merge(PrequentialSketch other) {
    scored += other.scored;
  }

  /** Forgets everything. */
  public void clear() {
    scored = 0;
  }

  /** Whether nothing was scored. */
  public boolean isEmpty() {
    return scored == 0;
  }

  /** The figures that are defined. */
  public SortedMap<String, Double> figures() {
    return new TreeMap<>();
  }

  /** Writes target and content. */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(target.type().name());
    out.writeUTF(target.positive());
    out.writeInt(target.classes().size());
    for (String name : target.classes()) {
      out.writeUTF(name);
    }
    out.writeLong(scored);
  }

  /** Reads what {@link #write} wrote. */
  public static PrequentialSketch read(DataInput in) throws IOException {
    TargetType type = TargetType.valueOf(in.readUTF());
    String positive = in.readUTF();
    List<String> classes = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      classes.add(in.readUTF());
    }
    PrequentialSketch sketch = new PrequentialSketch(new Target(type, positive, classes));
    sketch.scored = in.readLong();
    return sketch;
  }

  /** How many predictions were scored. */
  public long scored() {
    return scored;
  }
}
