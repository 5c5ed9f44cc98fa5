package io.anabranch.models.learner;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The learner types on the class path, by name. */
public final class LearnerRegistry {
  private final SortedMap<String, LearnerProvider> providers = new TreeMap<>();

  /**
   * Looks up all providers.
   *
   * @throws IllegalStateException when two providers claim one name
   */
  public LearnerRegistry(ClassLoader loader) {
    for (LearnerProvider provider : ServiceLoader.load(LearnerProvider.class, loader)) {
      LearnerProvider other = providers.putIfAbsent(provider.type(), provider);
      if (other != null) {
        throw new IllegalStateException(
            "learner type '"
                + provider.type()
                + "' is provided by both "
                + other.getClass().getName()
                + " and "
                + provider.getClass().getName());
      }
    }
  }

  /** The provider of a type. */
  public Optional<LearnerProvider> find(String type) {
    return Optional.ofNullable(providers.get(type));
  }

  /**
   * The provider of a learner's type.
   *
   * @throws IllegalArgumentException naming the learner and the types that there are
   */
  public LearnerProvider require(String learner, String type) {
    return find(type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "learner '"
                        + learner
                        + "': type must be one of "
                        + String.join(", ", types())
                        + ", got '"
                        + type
                        + "'"));
  }

  /** All types, sorted. */
  public Iterable<String> types() {
    return java.util.Collections.unmodifiableSet(providers.keySet());
  }
}
