package io.anabranch.operators.exchange;

import io.anabranch.models.exchange.CoordinateBatch;

/**
 * What one trainer changed in one shard since it last said so.
 *
 * @param epoch the run of the job in which it was made
 * @param shard the shard that owns the coordinates
 * @param trainer the index of the sending trainer
 * @param sequence counts the trainer's deltas to this shard in this epoch, from 1
 * @param awaited whether the trainer may stand still until this delta is acknowledged
 * @param examples how many examples were learned since the last shipment; only shard 0 is told
 * @param identities the sum of {@link #identity} of those examples; only shard 0 is told
 * @param changes the changed coordinates, of the delta's widths; not changed once sent
 * @param occurrences coordinates that examples had and that the trainer did not learn, because they
 *     are not in the model; once for each time. Of no width; not changed once sent
 */
public record DeltaMessage(
    long epoch,
    int shard,
    int trainer,
    long sequence,
    boolean awaited,
    long examples,
    long identities,
    CoordinateBatch changes,
    CoordinateBatch occurrences) {

  /** The shard that counts examples. */
  public static final int COUNTING_SHARD = 0;

  /** A delta of a trainer that learned all that its examples had. */
  public DeltaMessage(
      long epoch,
      int shard,
      int trainer,
      long sequence,
      boolean awaited,
      long examples,
      long identities,
      CoordinateBatch changes) {
    this(
        epoch,
        shard,
        trainer,
        sequence,
        awaited,
        examples,
        identities,
        changes,
        new CoordinateBatch(0, 0));
  }

  /**
   * A hash of a record's id. A sum of them tells what a count cannot: that one record was lost and
   * another learned twice.
   */
  public static long identity(String id) {
    long mixed = id.hashCode() * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
    return mixed ^ (mixed >>> 32);
  }
}
