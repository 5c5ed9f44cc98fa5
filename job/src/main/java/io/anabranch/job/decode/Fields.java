package io.anabranch.job.decode;

import io.anabranch.job.pipeline.Pipeline.Input;
import io.anabranch.job.pipeline.Pipeline.TargetField;
import io.anabranch.models.feature.RecordEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which field of a record is used for what. */
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
    if (field.lastRecord == record) {
      throw RecordException.field(name, "is there twice");
    }
    field.lastRecord = record;
    return field;
  }
}
