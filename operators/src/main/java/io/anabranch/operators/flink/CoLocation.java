package io.anabranch.operators.flink;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;

/** Puts the subtasks of equal index of several operators into one slot. */
public final class CoLocation {
  private CoLocation() {}

  /**
   * Adds an operator to a group, with all that is chained before it: Flink looks at the head of a
   * chain alone.
   */
  public static void join(DataStream<?> stream, String group) {
    join(stream.getTransformation(), group);
  }

  private static void join(Transformation<?> transformation, String group) {
    if (transformation instanceof PartitionTransformation) {
      return;
    }
    transformation.setCoLocationGroupKey(group);
    transformation.getInputs().forEach(input -> join(input, group));
  }
}
