package io.anabranch.operators.keyed;

/**
 * What one helper learned of a split key since it last said so.
 *
 * @param epoch the run of the job in which it was made
 * @param key the key
 * @param helper the index of the sending helper
 * @param sequence counts the deltas of the helper, whatever their keys, in this epoch, from 1;
 *     {@link #SEEN} says that records of the key came, and asks for nothing
 * @param examples how many examples it was learned from; 0 when the helper only asks for the model
 * @param model what was learned, as a model by itself; empty without examples; not changed once
 *     sent
 */
@SuppressWarnings("ArrayRecordComponent") // written once by its maker, never compared
record KeyDelta(long epoch, String key, int helper, long sequence, long examples, byte[] model) {
  static final long SEEN = 0;

  /** Whether it is there only so that the key does not seem forgotten. */
  boolean seen() {
    return sequence == SEEN;
  }
}
