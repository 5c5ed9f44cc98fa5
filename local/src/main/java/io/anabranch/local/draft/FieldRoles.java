package io.anabranch.local.draft;

import io.anabranch.local.profile.DataProfile;
import io.anabranch.local.profile.FieldProfile;
import io.anabranch.local.profile.FieldProfile.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What each field that the user has said nothing of is good for: an id, the event time, words, any
 * other feature, or nothing.
 */
final class FieldRoles {
  private static final Pattern ID_NAME =
      Pattern.compile("(?i)(id|uuid|guid|.*[_.-]id|.*[a-z]I[dD]|row|index|record)");

  private static final Pattern TIME_NAME = Pattern.compile("(?i)(ts|.*time.*|.*date.*)");

  /** In fewer records everything differs by chance. */
  private static final int FEWEST_RECORDS = 20;

  private static final int FEWEST_WORDS = 3;

  private final DataProfile profile;
  private Optional<String> id;
  private Optional<String> time;
  private final Map<String, String> excluded = new LinkedHashMap<>();
  private final List<String> prose = new ArrayList<>();

  /**
   * Decides.
   *
   * @param taken fields whose role is known already: target, key, those that the user excluded
   */
  FieldRoles(DataProfile profile, DraftOptions options, List<String> taken) {
    this.profile = profile;
    id = options.id();
    time = options.time();
    for (FieldProfile field : profile.fields()) {
      boolean known =
          id.equals(Optional.of(field.name())) || time.equals(Optional.of(field.name()));
      if (!known && !taken.contains(field.name())) {
        decide(field);
      }
    }
  }

  private void decide(FieldProfile field) {
    if (isProse(field)) {
      prose.add(field.name());
    } else if (looksLikeTime(field)) {
      if (time.isEmpty() && profile.missing(field) == 0) {
        time = Optional.of(field.name());
      } else {
        excluded.put(field.name(), "a time");
      }
    } else if (field.unique() && (field.whole() || field.kind() == Kind.TEXTS)) {
      distinct(field);
    } else if (2 * field.texts() > field.present() && hardlyRepeats(field)) {
      excluded.put(field.name(), "hardly a text comes twice: as a category it teaches nothing");
    }
  }

  private void distinct(FieldProfile field) {
    boolean named = ID_NAME.matcher(field.name()).matches();
    if (named && id.isEmpty() && profile.missing(field) == 0) {
      id = Optional.of(field.name());
    } else if (field.present() >= FEWEST_RECORDS) {
      if (field.kind() == Kind.TEXTS) {
        excluded.put(field.name(), "no text comes twice: as a category it teaches nothing");
      } else if (named || field.increasing()) {
        excluded.put(field.name(), "counts the records");
      }
    }
  }

  /** Texts of some words each, most of which come once: it is the words that say something. */
  private static boolean isProse(FieldProfile field) {
    return 2 * field.texts() > field.present()
        && field.wordsPerText() >= FEWEST_WORDS
        && hardlyRepeats(field);
  }

  private static boolean hardlyRepeats(FieldProfile field) {
    return field.present() >= FEWEST_RECORDS
        && (!field.values().complete() || field.values().distinct() > 0.9 * field.present());
  }

  private static boolean looksLikeTime(FieldProfile field) {
    return field.readsAsTime()
        && (field.kind() == Kind.TEXTS
            || (field.whole() && TIME_NAME.matcher(field.name()).matches()));
  }

  Optional<String> id() {
    return id;
  }

  Optional<String> time() {
    return time;
  }

  /** The fields whose words are features. */
  List<String> prose() {
    return prose;
  }

  /** The fields that are no features, and why. */
  Map<String, String> excluded() {
    return excluded;
  }
}
