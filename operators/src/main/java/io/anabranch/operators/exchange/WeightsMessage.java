package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;

/**
 * What comes back to those who learn: from shards to trainers, from the model of a split key to its
 * helpers. Soft state: the newest one wins, and all of it can be lost.
 */
public sealed interface WeightsMessage {

  /** The run of the job in which it was made. */
  long epoch();

  /**
   * Absolute values of one shard's coordinates.
   *
   * @param shard the shard
   * @param version the newest version of the model whose checkpoint completed and which these
   *     weights contain; 0 = none
   * @param examples how many examples the truth was learned from; counted by {@link
   *     DeltaMessage#COUNTING_SHARD}, 0 from the others
   * @param acknowledged by trainer, the newest delta that the truth includes; 0, or beyond the end,
   *     when none
   * @param truth the values, of the truth's widths, coordinates ascending; not changed once sent
   * @param gone coordinates that are not in the model any more. Ascending, of no width, none of
   *     them in {@code truth}; not changed once sent
   */
  @SuppressWarnings("ArrayRecordComponent") // written once by its maker, never compared
  record Truth(
      long epoch,
      int shard,
      long version,
      long examples,
      long[] acknowledged,
      CoordinateBatch truth,
      CoordinateBatch gone)
      implements WeightsMessage {

    /** Values of coordinates, none of which left the model. */
    public Truth(
        long epoch,
        int shard,
        long version,
        long examples,
        long[] acknowledged,
        CoordinateBatch truth) {
      this(epoch, shard, version, examples, acknowledged, truth, new CoordinateBatch(0, 0));
    }

    /** The newest delta of a trainer that the truth includes; 0 when none. */
    public long acknowledged(int trainer) {
      return trainer < acknowledged.length ? acknowledged[trainer] : 0;
    }

    /** This message and an older one of the same shard in one: per coordinate, this one wins. */
    public Truth over(Truth older) {
      return new Truth(
          epoch,
          shard,
          version,
          examples,
          acknowledged,
          SortedBatches.merge(SortedBatches.without(older.truth, gone), truth),
          SortedBatches.merge(SortedBatches.without(older.gone, truth), gone));
    }
  }

  /**
   * Says that a subtask has sent all that it held when it started.
   *
   * @param sender the subtask
   * @param senders how many there are
   */
  record AllSent(long epoch, int sender, int senders) implements WeightsMessage {}

  /**
   * The model of a split key.
   *
   * @param key the key
   * @param base what the version of a prediction is more than the examples of its model
   * @param acknowledged by helper, the newest delta that the model includes; 0, or beyond the end,
   *     when none
   * @param model as its provider writes it; not changed once sent
   */
  @SuppressWarnings("ArrayRecordComponent") // written once by its maker, never compared
  record KeyTruth(long epoch, String key, long base, long[] acknowledged, byte[] model)
      implements WeightsMessage {

    /** The newest delta of a helper that the model includes; 0 when none. */
    public long acknowledged(int helper) {
      return helper < acknowledged.length ? acknowledged[helper] : 0;
    }
  }
}
