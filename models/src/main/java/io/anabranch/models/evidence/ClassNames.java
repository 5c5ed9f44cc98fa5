package io.anabranch.models.evidence;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.format.CorruptModelException;
import io.anabranch.models.format.ModelReader;
import io.anabranch.models.format.ModelWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a target by number: of a binary target 0 is the negative class and 1 the positive
 * one; of others the declared classes come first, then those that join, in the order in which they
 * do. Memory: O(classes).
 */
public final class ClassNames {
  private final boolean binary;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The classes that are known before any example. */
  public ClassNames(Target target) {
    if (target.type() != TargetType.BINARY && target.type() != TargetType.MULTICLASS) {
      throw new IllegalArgumentException(
          "target must be BINARY or MULTICLASS, got " + target.type());
    }
    binary = target.type() == TargetType.BINARY;
    (binary ? List.of("0", "1") : target.classes()).forEach(this::join);
  }

  /** How many are known. */
  public int count() {
    return names.size();
  }

  /** The number of a labelled example's class, which joins if it is new. */
  public int of(Example example) {
    if (binary) {
      return example.target() == 1 ? 1 : 0;
    }
    Integer known = numbers.get(example.label());
    return known != null ? known : join(example.label());
  }

  /** The numbers that another one's classes have here, by their number there; new ones join. */
  public int[] numbersOf(ClassNames other) {
    int[] numbersHere = new int[other.count()];
    for (int c = 0; c < numbersHere.length; c++) {
      Integer known = numbers.get(other.names.get(c));
      numbersHere[c] = known != null ? known : join(other.names.get(c));
    }
    return numbersHere;
  }

  /** Predicts by the probability of each class. */
  public void predict(double[] probabilities, boolean learned, Prediction into) {
    if (binary) {
      into.binary(probabilities[1]);
      return;
    }
    int most = 0;
    for (int c = 1; c < names.size(); c++) {
      most = probabilities[c] > probabilities[most] ? c : most;
    }
    into.multiclass(learned ? names.get(most) : "");
    for (int c = 0; c < names.size(); c++) {
      into.addClass(names.get(c), probabilities[c]);
    }
  }

  /** Writes the names. */
  public void write(ModelWriter out) {
    out.writeInt(names.size());
    names.forEach(out::writeString);
  }

  /** The names that {@link #write} wrote, for the same target. */
  public static ClassNames read(ModelReader in, Target target) {
    ClassNames classes = new ClassNames(target);
    int known = classes.count();
    int count = in.readInt();
    if (count < known || (classes.binary && count > known)) {
      throw new CorruptModelException(
          "the number of classes must be %s%d as in the settings, got %d"
              .formatted(classes.binary ? "" : "at least ", known, count));
    }
    for (int i = 0; i < count; i++) {
      String name = in.readString();
      boolean fits = i < known ? classes.names.get(i).equals(name) : !classes.knows(name);
      if (!fits) {
        throw new CorruptModelException(
            "class %d must be %s, got '%s'"
                .formatted(
                    i,
                    i < known ? "'" + classes.names.get(i) + "' as in the settings" : "new",
                    name));
      }
      if (i >= known) {
        classes.join(name);
      }
    }
    return classes;
  }

  private boolean knows(String name) {
    return numbers.containsKey(name);
  }

  private int join(String name) {
    numbers.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }
}
