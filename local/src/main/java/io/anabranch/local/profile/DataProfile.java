package io.anabranch.local.profile;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a sample of a file shows.
 *
 * @param records how many records of the file were looked at
 * @param whole whether these were all
 * @param unreadable how many of them are no JSON object, or a CSV row of another width
 * @param byName the fields, in the order in which they were first seen
 */
public record DataProfile(
    Path file, long records, boolean whole, long unreadable, Map<String, FieldProfile> byName) {
  /** Keeps the order. */
  public DataProfile {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** The fields, in the order in which they were first seen. */
  public Collection<FieldProfile> fields() {
    return byName.values();
  }

  /** A field by its name. */
  public Optional<FieldProfile> field(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** In how many readable records a field is missing, null or an empty text. */
  public long missing(FieldProfile field) {
    return Math.max(0, records - unreadable - field.present());
  }
}
