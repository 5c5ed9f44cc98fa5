package io.anabranch.operators.keyed;

import io.anabranch.operators.keyed.ModelCache.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The changed entries of a cache, the one that changed first in front. A list through the entries
 * themselves, so that one in the middle leaves without a search.
 */
final class ChangedEntries<K, V> {
  private @Nullable Entry<K, V> first;
  private @Nullable Entry<K, V> last;
  private int size;

  int size() {
    return size;
  }

  @Nullable Entry<K, V> first() {
    return first;
  }

  void add(Entry<K, V> entry) {
    entry.before = last;
    entry.after = null;
    if (last == null) {
      first = entry;
    } else {
      last.after = entry;
    }
    last = entry;
    size++;
  }

  void remove(Entry<K, V> entry) {
    Entry<K, V> before = entry.before;
    Entry<K, V> after = entry.after;
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
    entry.before = null;
    entry.after = null;
    size--;
  }
}
