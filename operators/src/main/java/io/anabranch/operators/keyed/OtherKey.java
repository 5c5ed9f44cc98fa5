package io.anabranch.operators.keyed;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * Reaches the state of other keys than that of the record at hand: the key context is set for an
 * access and put back after it.
 */
final class OtherKey {
  private final String learner;
  private final KeyContext context;

  OtherKey(String learner, KeyContext context) {
    this.learner = learner;
    this.context = context;
  }

  /** Reads state. */
  interface Reading<T> {
    @Nullable T read() throws Exception;
  }

  /** Changes state. */
  interface Change {
    void run() throws Exception;
  }

  <T> @Nullable T read(String key, Reading<T> reading) {
    Object before = context.getCurrentKey();
    context.setCurrentKey(key);
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException(unreachable(), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // what Flink's map states declare
      throw new IllegalStateException(unreachable(), e);
    } finally {
      if (before != null) { // no key before the first record
        context.setCurrentKey(before);
      }
    }
  }

  void change(String key, Change change) {
    this.<Void>read(
        key,
        () -> {
          change.run();
          return null;
        });
  }

  private String unreachable() {
    return "state of learner '" + learner + "' is unreachable";
  }
}
