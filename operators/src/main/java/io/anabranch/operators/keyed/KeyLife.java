package io.anabranch.operators.keyed;

/**
 * What is kept of a key besides its model.
 *
 * @param ticket its place in the queue of its key group; {@link #NOT_QUEUED} when it has none
 * @param used whether it was seen since it took the ticket
 * @param base the version of its model before the first update
 */
record KeyLife(long ticket, boolean used, long base) {
  static final long NOT_QUEUED = -1;

  /** A key that is not in a queue. */
  static KeyLife unqueued(long base) {
    return new KeyLife(NOT_QUEUED, false, base);
  }

  static KeyLife decode(long[] state) {
    return new KeyLife(state[0], state[1] != 0, state[2]);
  }

  long[] encode() {
    return new long[] {ticket, used ? 1 : 0, base};
  }

  boolean queued() {
    return ticket != NOT_QUEUED;
  }
}
