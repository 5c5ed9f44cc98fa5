package io.anabranch.bench.backward;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * What shards publish at full speed, by the clock: so many messages every so often, each of so many
 * bytes that hardly compress, as weights do. Their first bytes say when the publication was due.
 *
 * @param count how many publications
 * @param everyMillis the time between two
 * @param messages messages in each, one for each virtual shard
 * @param bytes bytes of a message, at least 8
 */
record Publications(int count, long everyMillis, int messages, int bytes) implements Serializable {

  byte[] payload() {
    byte[] payload = new byte[bytes];
    new SplittableRandom(42).nextBytes(payload);
    return payload;
  }

  /** Waits until a publication is due, and returns a message of it. */
  byte[] message(byte[] payload, long begun, int publication) {
    long due = begun + publication * everyMillis * 1_000_000;
    for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
      LockSupport.parkNanos(due - now);
    }
    byte[] message = payload.clone();
    ByteBuffer.wrap(message).putLong(due);
    return message;
  }

  /** All messages. */
  long total() {
    return (long) count * messages;
  }

  /** How late messages came, in nanoseconds after they were due. */
  static final class Lateness {
    private final long[] nanos;
    private int size;

    Lateness(long room) {
      nanos = new long[Math.toIntExact(room)];
    }

    synchronized void arrived(byte[] message) {
      nanos[size++] = System.nanoTime() - ByteBuffer.wrap(message).getLong();
    }

    synchronized int size() {
      return size;
    }

    /** The lateness that this share of the messages had at most, in milliseconds. */
    synchronized double millis(double share) {
      long[] sorted = Arrays.copyOf(nanos, size);
      Arrays.sort(sorted);
      return sorted[(int) Math.min(size - 1, Math.floor(share * size))] / 1e6;
    }
  }
}
