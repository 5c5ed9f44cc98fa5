package io.anabranch.local.draft;

import io.anabranch.local.profile.DataProfile;
import io.anabranch.local.profile.FieldProfile;
import io.anabranch.local.profile.FieldProfile.Kind;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What kind of target a field is, by its values.
 *
 * @param reason why, in a few words, to be said aloud
 */
public record TargetGuess(Target target, String reason) {
  /** Names that say which field is the target, the plainest first. */
  private static final List<String> NAMES = List.of("target", "label", "class", "y", "outcome");

  /** Labels that are the positive one of two. */
  private static final List<String> POSITIVE =
      List.of("1", "true", "yes", "y", "t", "positive", "pos", "good", "spam", "up");

  /** Whole numbers with so few different values are rather classes. */
  private static final int MOST_NUMBERED_CLASSES = 20;

  /** Texts with more different values are rather names or prose. */
  private static final int MOST_CLASSES = 1_000;

  /** The field that is the target by its name, if there is just one. */
  public static Optional<String> field(DataProfile profile) {
    for (String name : NAMES) {
      List<String> fields =
          profile.fields().stream()
              .filter(field -> field.name().equalsIgnoreCase(name) && canBeTarget(field))
              .map(FieldProfile::name)
              .toList();
      if (fields.size() == 1) {
        return Optional.of(fields.get(0));
      }
    }
    return Optional.empty();
  }

  /** Whether something could be learned of a field. */
  public static boolean canBeTarget(FieldProfile field) {
    return guess(field).isPresent();
  }

  /** The kind of target that a field is; empty when it can be none. */
  public static Optional<TargetGuess> guess(FieldProfile field) {
    int distinct = field.values().distinct();
    boolean prose = field.kind() != Kind.NUMBERS && !field.values().complete();
    boolean nested = field.kind() == Kind.MAPS || field.kind() == Kind.VECTORS;
    if (nested || prose || distinct < 2) {
      return Optional.empty();
    }
    if (distinct == 2 && field.values().complete()) {
      return Optional.of(binary(field));
    }
    if (field.kind() == Kind.NUMBERS && !areClasses(field)) {
      return Optional.of(
          new TargetGuess(
              Target.numeric(), counted(field) + (field.whole() ? " whole numbers" : " numbers")));
    }
    return distinct <= MOST_CLASSES && !field.unique()
        ? Optional.of(new TargetGuess(Target.multiclass(), distinct + " different labels"))
        : Optional.empty();
  }

  private static String counted(FieldProfile field) {
    String count = String.format(Locale.ROOT, "%,d", field.values().distinct());
    return (field.values().complete() ? count : "more than " + count) + " different";
  }

  /** Numbered classes leave no gaps, or few. */
  private static boolean areClasses(FieldProfile field) {
    int distinct = field.values().distinct();
    double span = field.maximum().orElse(0.0) - field.minimum().orElse(0.0) + 1;
    return field.whole()
        && distinct <= MOST_NUMBERED_CLASSES
        && span <= 2 * distinct
        && field.present() >= 5L * distinct;
  }

  private static TargetGuess binary(FieldProfile field) {
    Map<String, Long> counts = field.values().counts();
    Optional<String> known =
        POSITIVE.stream()
            .flatMap(name -> counts.keySet().stream().filter(name::equalsIgnoreCase))
            .findFirst();
    // {1, 2} and the like: "1" is no more positive than "2".
    boolean telling = known.isPresent() && !(known.get().equals("1") && counts.containsKey("2"));
    String rarer =
        counts.entrySet().stream()
            .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .orElseThrow()
            .getKey();
    String positive = telling ? known.get() : rarer;
    return new TargetGuess(
        Target.binary(positive),
        "2 labels, '%s' the positive one%s".formatted(positive, telling ? "" : ", being rarer"));
  }

  /**
   * The target of a type that the user has given.
   *
   * @param positive what the user has given as the positive label
   * @return empty when the type is binary and no positive label can be guessed
   */
  public static Optional<Target> given(
      TargetType type, Optional<String> positive, FieldProfile field) {
    return switch (type) {
      case BINARY ->
          positive
              .map(Target::binary)
              .or(
                  () ->
                      guess(field)
                          .map(TargetGuess::target)
                          .filter(guessed -> guessed.type() == TargetType.BINARY));
      case MULTICLASS -> Optional.of(Target.multiclass());
      case NUMERIC -> Optional.of(Target.numeric());
      case NONE -> Optional.empty();
    };
  }
}
