package io.anabranch.models.evidence;

import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import java.util.Arrays;

/** Numbers the keys that are added, from 0 on: open addressing over those numbers. */
final class Slots {
  /** Bytes per key, at the most that the index is filled. */
  static final int BYTES = 3 * Integer.BYTES;

  private int[] keys = new int[4];
  private int[] index = new int[8];
  private int size;

  int size() {
    return size;
  }

  int key(int slot) {
    return keys[slot];
  }

  /** The slot of a key, or -1; {@code guess} is looked at first, since records are alike. */
  int find(int key, int guess) {
    if (guess < size && keys[guess] == key) {
      return guess;
    }
    int mask = index.length - 1;
    for (int i = key & mask; index[i] != 0; i = i + 1 & mask) {
      if (keys[index[i] - 1] == key) {
        return index[i] - 1;
      }
    }
    return -1;
  }

  /** The slot of a key that is not there yet. */
  int add(int key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size + (size >> 1));
    }
    keys[size++] = key;
    if (2 * size <= index.length) {
      enter(size - 1);
      return size - 1;
    }
    index = new int[2 * index.length];
    for (int slot = 0; slot < size; slot++) {
      enter(slot);
    }
    return size - 1;
  }

  void write(ModelWriter out) {
    out.writeInts(keys, 0, size);
  }

  static Slots read(ModelReader in) {
    Slots read = new Slots();
    for (int key : in.readInts()) {
      if (read.find(key, 0) >= 0) {
        throw new CorruptModelException("a key must be there once, got %d twice".formatted(key));
      }
      read.add(key);
    }
    return read;
  }

  private void enter(int slot) {
    int mask = index.length - 1;
    int i = keys[slot] & mask;
    while (index[i] != 0) {
      i = i + 1 & mask;
    }
    index[i] = slot + 1;
  }
}
