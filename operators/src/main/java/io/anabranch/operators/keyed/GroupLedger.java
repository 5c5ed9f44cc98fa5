package io.anabranch.operators.keyed;

/**
 * What is kept of one key group: where its queue of keys begins and ends, how many keys are in it,
 * and the version from which on new keys count.
 */
final class GroupLedger {
  private final int group;
  private long head;
  private long tail;
  private long entries;
  private long floor;
  private boolean capped;
  private boolean changed;

  private GroupLedger(int group, long[] state) {
    this.group = group;
    head = state[0];
    tail = state[1];
    entries = state[2];
    floor = state[3];
    capped = state[4] != 0;
  }

  /** One of a group of which nothing is known. */
  static GroupLedger fresh(int group) {
    return new GroupLedger(group, new long[5]);
  }

  static GroupLedger decode(int group, long[] state) {
    return new GroupLedger(group, state);
  }

  long[] encode() {
    return new long[] {head, tail, entries, floor, capped ? 1 : 0};
  }

  int group() {
    return group;
  }

  /** Whether it differs from what was kept, and counts as kept from now on. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Whether all keys that have a model are in the queue. */
  boolean isCapped() {
    return capped;
  }

  void capped(boolean all) {
    changed |= capped != all;
    capped = all;
  }

  /** How many keys are in the queue. */
  long entries() {
    return entries;
  }

  void entered() {
    entries++;
    changed = true;
  }

  void left() {
    entries--;
    changed = true;
  }

  /** A ticket behind all others. */
  long append() {
    changed = true;
    return tail++;
  }

  /** The first ticket, which is none from now on. */
  long takeFirst() {
    changed = true;
    return head++;
  }

  /** How many tickets there are, those of keys that left among them. */
  long tickets() {
    return tail - head;
  }

  /** The version from which on a key that is new, or was forgotten, counts its updates. */
  long floor() {
    return floor;
  }

  /** Sees to it that no key counts below this version that does not count already. */
  void raise(long version) {
    if (version > floor) {
      floor = version;
      changed = true;
    }
  }
}
