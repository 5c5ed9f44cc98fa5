package io.anabranch.operators.embed;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.apache.flink.streaming.api.transformations.TimestampsAndWatermarksTransformation;

/**
 * Where a trainer can sit in the chain of its source. It waits there for its model by yielding to
 * the mailbox, which a legacy source's thread may not, and what it is chained to is put into slots
 * together with it, so all of it must have its parallelism. Elsewhere it gets a network edge.
 */
final class Chaining {
  private Chaining() {}

  /** The same records, behind a rebalance where a chain will not do. */
  static <T> DataStream<T> prepare(DataStream<T> stream, int parallelism) {
    return chains(stream.getTransformation(), parallelism) ? stream : stream.rebalance();
  }

  private static boolean chains(Transformation<?> transformation, int parallelism) {
    if (transformation instanceof PartitionTransformation) {
      return true;
    }
    if (transformation.getParallelism() != parallelism) {
      return false;
    }
    if (transformation instanceof SourceTransformation) {
      return true;
    }
    boolean oneInput =
        transformation instanceof OneInputTransformation
            || transformation instanceof SideOutputTransformation
            || transformation instanceof TimestampsAndWatermarksTransformation;
    return oneInput && chains(transformation.getInputs().get(0), parallelism);
  }
}
