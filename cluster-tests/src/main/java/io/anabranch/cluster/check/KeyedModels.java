package io.anabranch.cluster.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether per-key models are those of an uninterrupted run, bit for bit. */
public final class KeyedModels {
  private static final int EXAMPLES = 5;

  private KeyedModels() {}

  /**
   * A model.
   *
   * @param version how many examples it has learned
   * @param bytes as it is written
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  public record KeyedModel(long version, byte[] bytes) {}

  /** Compares models by key. */
  public static Finding compare(
      String learner, Map<String, KeyedModel> expected, Map<String, KeyedModel> actual) {
    Map<String, String> wrong = new TreeMap<>();
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    for (String key : keys) {
      KeyedModel model = actual.get(key);
      KeyedModel right = expected.get(key);
      if (model == null) {
        wrong.put(key, "missing");
      } else if (right == null) {
        wrong.put(key, "never fed");
      } else if (model.version() != right.version()) {
        wrong.put(key, "version " + model.version() + " instead of " + right.version());
      } else if (!Arrays.equals(right.bytes(), model.bytes())) {
        wrong.put(key, "different");
      }
    }
    List<String> examples = new ArrayList<>();
    wrong.entrySet().stream().limit(EXAMPLES).forEach(each -> examples.add(each.toString()));
    return new Finding(
        "models equal an uninterrupted run bit for bit: " + learner,
        wrong.isEmpty(),
        wrong.isEmpty()
            ? String.format(Locale.ROOT, "%,d models", expected.size())
            : String.format(
                Locale.ROOT, "%,d of %,d are wrong: %s", wrong.size(), keys.size(), examples));
  }
}
