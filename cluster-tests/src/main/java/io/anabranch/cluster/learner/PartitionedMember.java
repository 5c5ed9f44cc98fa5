package io.anabranch.cluster.learner;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Learner;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One member of a bag for each partition, which the ids of records begin with. */
final class PartitionedMember implements Learner {
  private final Supplier<Learner> fresh;
  private final SortedMap<String, Learner> byPartition = new TreeMap<>();

  PartitionedMember(Supplier<Learner> fresh) {
    this.fresh = fresh;
  }

  SortedMap<String, Learner> byPartition() {
    return byPartition;
  }

  private Learner of(Example example) {
    String id = example.id();
    return byPartition.computeIfAbsent(id.substring(0, id.indexOf('-')), partition -> fresh.get());
  }

  @Override
  public void predict(Example example, Prediction into) {
    of(example).predict(example, into);
  }

  @Override
  public void learn(Example example) {
    of(example).learn(example);
  }

  @Override
  public long examples() {
    return byPartition.values().stream().mapToLong(Learner::examples).sum();
  }
}
