package io.anabranch.models.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/**
 * How often each class was predicted and how often it was true: the margins of the confusion
 * matrix, which are all that chance agreement needs.
 *
 * <p>At most {@link #MOST_CLASSES} classes are told apart, those of the smallest ids; all others
 * are counted as one. A class that is among the smallest of all is so in every part too, so parts
 * merge to the same counts in whatever order. Memory is O(min(classes, {@link #MOST_CLASSES})).
 */
final class ClassCounts {
  static final int MOST_CLASSES = 1_000;

  private long[] ids = new long[2];
  private long[] predicted = new long[2];
  private long[] actual = new long[2];
  private int size;
  private long othersPredicted;
  private long othersActual;

  /** Adds to the counts of a class. */
  void add(long id, long timesPredicted, long timesActual) {
    int at = Arrays.binarySearch(ids, 0, size, id);
    if (at < 0) {
      at = -at - 1;
      if (at == MOST_CLASSES) {
        othersPredicted += timesPredicted;
        othersActual += timesActual;
        return;
      }
      insert(at, id);
    }
    predicted[at] += timesPredicted;
    actual[at] += timesActual;
  }

  private void insert(int at, long id) {
    if (size == MOST_CLASSES) {
      size--;
      othersPredicted += predicted[size];
      othersActual += actual[size];
    } else if (size == ids.length) {
      int room = Math.min(MOST_CLASSES, 2 * size);
      ids = Arrays.copyOf(ids, room);
      predicted = Arrays.copyOf(predicted, room);
      actual = Arrays.copyOf(actual, room);
    }
    System.arraycopy(ids, at, ids, at + 1, size - at);
    System.arraycopy(predicted, at, predicted, at + 1, size - at);
    System.arraycopy(actual, at, actual, at + 1, size - at);
    ids[at] = id;
    predicted[at] = 0;
    actual[at] = 0;
    size++;
  }

  void merge(ClassCounts other) {
    for (int i = 0; i < other.size; i++) {
      add(other.ids[i], other.predicted[i], other.actual[i]);
    }
    othersPredicted += other.othersPredicted;
    othersActual += other.othersActual;
  }

  void clear() {
    size = 0;
    othersPredicted = 0;
    othersActual = 0;
  }

  /** The agreement that independent predictions of the same margins would have by chance. */
  double chanceAgreement(long scored) {
    double sum = (double) othersPredicted / scored * othersActual / scored;
    for (int i = 0; i < size; i++) {
      sum += (double) predicted[i] / scored * actual[i] / scored;
    }
    return sum;
  }

  void write(DataOutput out) throws IOException {
    Varint.write(size, out);
    for (int i = 0; i < size; i++) {
      out.writeLong(ids[i]);
      Varint.write(predicted[i], out);
      Varint.write(actual[i], out);
    }
    Varint.write(othersPredicted, out);
    Varint.write(othersActual, out);
  }

  void read(DataInput in) throws IOException {
    size = Varint.read(in, MOST_CLASSES);
    ids = new long[Math.max(2, size)];
    predicted = new long[ids.length];
    actual = new long[ids.length];
    for (int i = 0; i < size; i++) {
      ids[i] = in.readLong();
      if (i > 0 && ids[i] <= ids[i - 1]) {
        throw new StreamCorruptedException(
            "class ids must ascend, got %d after %d: the sketch is damaged"
                .formatted(ids[i], ids[i - 1]));
      }
      predicted[i] = Varint.read(in);
      actual[i] = Varint.read(in);
    }
    othersPredicted = Varint.read(in);
    othersActual = Varint.read(in);
  }
}
