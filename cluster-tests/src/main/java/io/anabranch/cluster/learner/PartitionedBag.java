package io.anabranch.cluster.learner;

import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.Learner;

/**
 * The members of a bag for each partition. A member's state is how many partitions it has seen, and
 * of each, in order, its name and the state of the member there.
 */
final class PartitionedBag implements Ensemble {
  private static final long serialVersionUID = 1;

  private final Ensemble bag;

  PartitionedBag(Ensemble bag) {
    this.bag = bag;
  }

  @Override
  public int members() {
    return bag.members();
  }

  @Override
  public Learner create(int member) {
    return new PartitionedMember(() -> bag.create(member));
  }

  @Override
  public byte[] write(Learner member) {
    PartitionedMember partitioned = (PartitionedMember) member;
    ModelWriter out = new ModelWriter(PartitionedBaggingProvider.TYPE, 1);
    out.writeInt(partitioned.byPartition().size());
    partitioned
        .byPartition()
        .forEach(
            (partition, learner) -> {
              out.writeString(partition);
              out.writeBytes(bag.write(learner));
            });
    return out.finish();
  }

  @Override
  public Learner read(int member, byte[] bytes) {
    ModelReader in = ModelReader.open(bytes, PartitionedBaggingProvider.TYPE, 1);
    PartitionedMember partitioned = new PartitionedMember(() -> bag.create(member));
    for (int left = in.readInt(); left > 0; left--) {
      partitioned.byPartition().put(in.readString(), bag.read(member, in.readBytes()));
    }
    in.end();
    return partitioned;
  }
}
