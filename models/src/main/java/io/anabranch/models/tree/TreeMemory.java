package io.anabranch.models.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps a tree's heap within bounds. What is counted is what is in use, so that a restored tree
 * decides as the one that was stored.
 */
final class TreeMemory {
  private final long most;
  private long bytes;

  TreeMemory(long most, Node root) {
    this.most = most;
    bytes = bytesUnder(root);
  }

  long bytes() {
    return bytes;
  }

  /** Whether another feature may join a leaf. */
  boolean hasRoom() {
    return bytes < most;
  }

  void add(long more) {
    bytes += more;
  }

  /** Whether something may take the place of something else. */
  boolean canReplace(long before, long after) {
    return bytes - before + after <= most;
  }

  /**
   * When the bound is reached, lets the least promising leaves stop observing until a quarter is
   * free; when half is free, lets the most promising ones begin again.
   */
  void balance(Node root) {
    boolean full = bytes >= most;
    if (!full && bytes > most / 2) {
      return;
    }
    List<Leaf> leaves = new ArrayList<>();
    collect(root, leaves);
    boolean allObserve = leaves.stream().allMatch(leaf -> leaf.observations != null);
    if (!full && allObserve) {
      return;
    }
    leaves.sort(Comparator.comparingDouble(Leaf::promise).reversed());
    long observing = leaves.stream().mapToLong(Leaf::observationBytes).sum();
    long active = leaves.stream().filter(leaf -> leaf.observations != null).count();
    long usual = active == 0 ? 0 : observing / active;
    long free = most - most / 4 - (bytes - observing);
    for (Leaf leaf : leaves) {
      boolean observes = leaf.observations != null;
      long wanted = observes ? leaf.observationBytes() : usual;
      boolean first = leaf == leaves.get(0);
      if (wanted <= free || first) {
        free -= wanted;
        if (!observes) {
          leaf.activate();
        }
      } else if (observes) {
        leaf.deactivate();
      }
    }
    bytes = bytesUnder(root);
  }

  private static void collect(Node node, List<Leaf> into) {
    if (node instanceof Leaf leaf) {
      into.add(leaf);
    } else if (node instanceof Split split) {
      for (Node child : split.children) {
        collect(child, into);
      }
    }
  }

  private static long bytesUnder(Node node) {
    long sum = node.bytes();
    if (node instanceof Split split) {
      for (Node child : split.children) {
        sum += bytesUnder(child);
      }
    }
    return sum;
  }
}
