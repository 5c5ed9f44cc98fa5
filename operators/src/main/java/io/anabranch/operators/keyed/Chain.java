package io.anabranch.operators.keyed;

import org.jspecify.annotations.Nullable;

/**
 * A queue through the links of what is in it, so that one in the middle leaves without a search.
 */
final class Chain<T> {
  private @Nullable Link<T> first;
  private @Nullable Link<T> last;
  private int size;

  /** What is in at most one chain of a kind. */
  static final class Link<T> {
    private final T item;
    private @Nullable Chain<T> chain;
    private @Nullable Link<T> before;
    private @Nullable Link<T> after;

    Link(T item) {
      this.item = item;
    }

    /** Whether it is in that chain. */
    boolean isIn(Chain<T> which) {
      return chain == which;
    }
  }

  int size() {
    return size;
  }

  /** The one that came first; null when there is none. */
  @Nullable T first() {
    return first == null ? null : first.item;
  }

  /** Puts one at the end that is in no chain. */
  void add(Link<T> link) {
    link.chain = this;
    link.before = last;
    if (last == null) {
      first = link;
    } else {
      last.after = link;
    }
    last = link;
    size++;
  }

  /** Takes one out that is in this chain. */
  void remove(Link<T> link) {
    Link<T> before = link.before;
    Link<T> after = link.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    link.before = null;
    link.after = null;
    link.chain = null;
    size--;
  }
}
