package io.anabranch.job.decode;

import io.anabranch.job.pipeline.Pipeline.Input;
import io.anabranch.job.pipeline.Pipeline.TargetField;
import io.anabranch.models.feature.RecordEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which field of a record is used for what. A name with dots is that of a field written so, or a
 * path: {@code a.b} is field b of object a.
 */
final class Fields {
  /** So many names a pipeline may see; more are names made of data, which must not fill memory. */
  private static final int MOST_NAMES = 1 << 14;

  private final Map<String, Field> declared = new HashMap<>();
  private final Map<String, Field> seen = new HashMap<>();
  private final RecordEncoder encoder;
  private long record;

  Fields(Input input, TargetField target, List<String> extraKeys, RecordEncoder encoder) {
    this.encoder = encoder;
    input.id().ifPresent(name -> declare(name).id = true);
    input.key().ifPresent(name -> declare(name).key = true);
    input.time().ifPresent(name -> declare(name).time = true);
    target.weight().ifPresent(name -> declare(name).weight = true);
    if (!target.field().isEmpty()) {
      declare(target.field()).target = true;
    }
    extraKeys.forEach(name -> declare(name).extraKey = extraKeys.indexOf(name));
    encoder.named().forEach(this::declare);
    Set<String> names = new HashSet<>(declared.keySet());
    names.forEach(this::lead);
  }

  /** Makes the objects on a path known, however its dots are dealt to names. */
  private void lead(String path) {
    List<String> prefixes = new ArrayList<>();
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      prefixes.add(path.substring(0, dot));
    }
    prefixes.add(path);
    for (int i = 0; i < prefixes.size(); i++) {
      String outer = prefixes.get(i);
      for (String inner : prefixes.subList(i + 1, prefixes.size())) {
        onPath(outer).contains(inner.substring(outer.length() + 1), onPath(inner));
      }
    }
  }

  /** What stands inside of an object and is not asked for is no feature of its own. */
  private Field onPath(String path) {
    return declared.computeIfAbsent(
        path,
        name -> name.indexOf('.') < 0 ? make(name) : new Field(name, encoder.noFeature(name)));
  }

  private Field declare(String name) {
    return declared.computeIfAbsent(name, this::make);
  }

  private Field make(String name) {
    return new Field(name, encoder.field(name));
  }

  /** A new record begins. */
  void begin() {
    record++;
    if (seen.size() > MOST_NAMES) {
      seen.clear();
    }
  }

  /**
   * The field of a name in this record.
   *
   * @throws RecordException when this record had it before
   */
  Field named(String name) throws RecordException {
    Field field = declared.get(name);
    if (field == null) {
      field = seen.computeIfAbsent(name, this::make);
    }
    once(field);
    return field;
  }

  /**
   * A field is in this record.
   *
   * @throws RecordException when this record had it before
   */
  void once(Field field) throws RecordException {
    if (field.lastRecord == record) {
      throw RecordException.field(field.name, "is there twice");
    }
    field.lastRecord = record;
  }
}
