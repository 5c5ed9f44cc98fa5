package io.anabranch.operators.exchange;

/**
 * What is kept of a shard's {@link Membership} besides its coordinates.
 *
 * @param elapsed for how many milliseconds the job has run
 * @param width milliseconds in a period in which a member was touched; 0 when none is forgotten
 * @param counted how often candidates have occurred since their counts were halved
 * @param admitted coordinates that joined the model
 * @param refused occurrences of coordinates that were not in the model
 * @param expired coordinates that were forgotten
 */
public record MembershipTotals(
    long elapsed, long width, long counted, long admitted, long refused, long expired) {

  /** Those that {@link #encode} wrote. */
  public static MembershipTotals decode(long[] state) {
    return new MembershipTotals(state[0], state[1], state[2], state[3], state[4], state[5]);
  }

  /** As numbers. */
  public long[] encode() {
    return new long[] {elapsed, width, counted, admitted, refused, expired};
  }
}
