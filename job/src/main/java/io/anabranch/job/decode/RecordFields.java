package io.anabranch.job.decode;

import io.anabranch.job.pipeline.LabelText;
import io.anabranch.job.pipeline.Pipeline.Input;
import io.anabranch.job.pipeline.Pipeline.TargetField;
import io.anabranch.models.data.Example;
import io.anabranch.models.feature.FieldPlan.Kind;
import io.anabranch.models.feature.RecordEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Puts an example together from the fields of a record, whatever format they were read from. Call
 * {@link #begin}, then for each field {@link #named} and one of the value methods, then {@link
 * #finish}.
 */
class RecordFields {
  private final Fields fields;
  private final RecordEncoder encoder;
  private final LabelReader labels;
  private final String keyField;
  private final List<String> extraFields;
  private final TextPool keys = new TextPool(14, UnaryOperator.identity());
  private final TextPool numberKeys = new TextPool(14, LabelText::ofNumber);
  private final String[] extraKeys;

  private Example example = new Example();
  private String id = "";
  private String key = "";
  private long time;

  RecordFields(Input input, TargetField target, List<String> extraKeys, RecordEncoder encoder) {
    this.fields = new Fields(input, target, extraKeys, encoder);
    this.encoder = encoder;
    this.labels = new LabelReader(target.field(), target.target());
    this.keyField = input.key().orElse("");
    this.extraFields = List.copyOf(extraKeys);
    this.extraKeys = new String[extraKeys.size()];
  }

  void begin(long timestamp, Example into) {
    fields.begin();
    into.clear();
    encoder.begin(into.features());
    example = into;
    id = "";
    key = "";
    time = timestamp;
    Arrays.fill(extraKeys, "");
  }

  Field named(String name) throws RecordException {
    return fields.named(name);
  }

  /** A field inside of another one is in the record. */
  void once(Field field) throws RecordException {
    fields.once(field);
  }

  String extraKey(int i) {
    return extraKeys[extraFields.indexOf(extraFields.get(i))];
  }

  /** A number in JSON's grammar; its double may be infinite. */
  void number(Field field, char[] text, int offset, int length, double value)
      throws RecordException {
    if (field.hasRole()) {
      roleNumber(field, text, offset, length, value);
    }
    if (field.feature.ignored()) {
      return;
    }
    if (field.feature.kind() == Kind.MAP || field.feature.kind() == Kind.VECTOR) {
      throw wrongType(field, Excerpt.of(text, offset, length));
    }
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw notFinite(field.name, text, offset, length, value);
    }
    encoder.number(field.feature, value);
  }

  private void roleNumber(Field field, char[] text, int offset, int length, double value)
      throws RecordException {
    if (field.target) {
      labels.number(text, offset, length, value, example);
    }
    if (field.weight) {
      weigh(field, text, offset, length, value);
    }
    if (field.time) {
      time = time(field, EventTime.ofNumber(value), text, offset, length);
    }
    if (field.id || field.key || field.extraKey >= 0) {
      if (!Double.isFinite(value)) {
        throw RecordException.field(
            field.name, "must be finite, got " + Excerpt.of(text, offset, length));
      }
      identify(field, numberKeys.get(text, offset, length));
    }
  }

  private void weigh(Field field, char[] text, int offset, int length, double value)
      throws RecordException {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw RecordException.field(
          field.name, "must be a finite weight >= 0, got " + Excerpt.of(text, offset, length));
    }
    example.weigh(value);
  }

  /** A text. */
  void text(Field field, char[] text, int offset, int length) throws RecordException {
    if (field.hasRole()) {
      if (field.weight && length > 0) {
        throw RecordException.field(
            field.name,
            "must be a finite weight >= 0, got '" + Excerpt.of(text, offset, length) + "'");
      }
      if (field.time && length > 0) {
        OptionalLong read =
            length > 64 ? OptionalLong.empty() : EventTime.ofText(new String(text, offset, length));
        time = time(field, read, text, offset, length);
      }
      roleText(field, text, offset, length);
    }
    category(field, text, offset, length, "'");
  }

  /** true or false, as text. */
  void flag(Field field, char[] text, int offset, int length) throws RecordException {
    if (field.weight || field.time) {
      throw RecordException.field(
          field.name,
          (field.weight ? "must be a finite weight >= 0" : TIME_RULE)
              + ", got "
              + Excerpt.of(text, offset, length));
    }
    roleText(field, text, offset, length);
    category(field, text, offset, length, "");
  }

  private void roleText(Field field, char[] text, int offset, int length) throws RecordException {
    if (field.target) {
      labels.text(text, offset, length, example);
    }
    if (field.id) {
      // Ids differ from record to record: pooling them would only push the keys out.
      id = new String(text, offset, length);
    }
    if (field.key || field.extraKey >= 0) {
      identify(field, keys.get(text, offset, length));
    }
  }

  private void category(Field field, char[] text, int offset, int length, String quote)
      throws RecordException {
    switch (field.feature.kind()) {
      case AUTO, CATEGORICAL, TEXT, CROSSED -> encoder.text(field.feature, text, offset, length);
      case NUMERIC, MAP, VECTOR ->
          throw wrongType(field, quote + Excerpt.of(text, offset, length) + quote);
      case IGNORED -> {
        // No feature: it may have a role.
      }
    }
  }

  private void identify(Field field, String text) {
    if (field.id) {
      id = text;
    }
    if (field.key) {
      key = text;
    }
    if (field.extraKey >= 0) {
      extraKeys[field.extraKey] = text;
    }
  }

  private static final String TIME_RULE = "must be a time from 1970 to 9999, epoch ms or ISO-8601";

  private static long time(Field field, OptionalLong read, char[] text, int offset, int length)
      throws RecordException {
    if (read.isEmpty()) {
      throw RecordException.field(
          field.name, TIME_RULE + ", got '" + Excerpt.of(text, offset, length) + "'");
    }
    return read.getAsLong();
  }

  /** An object or array begins at a field; says whether its numbers are wanted. */
  boolean container(Field field, boolean object) throws RecordException {
    String got = object ? "an object" : "an array";
    if (field.hasRole()) {
      throw RecordException.field(field.name, "must be a single value, got " + got);
    }
    Kind kind = field.feature.kind();
    if (kind != Kind.AUTO && kind != Kind.IGNORED && kind != (object ? Kind.MAP : Kind.VECTOR)) {
      throw wrongType(field, got);
    }
    return kind != Kind.IGNORED;
  }

  /** An entry of a map. */
  void entry(Field field, String name, char[] text, int offset, int length, double value)
      throws RecordException {
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw notFinite(field.name + "." + name, text, offset, length, value);
    }
    encoder.mapEntry(field.feature, name, value);
  }

  /** A position of a vector. */
  void element(Field field, int position, char[] text, int offset, int length, double value)
      throws RecordException {
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw notFinite(field.name + "[" + position + "]", text, offset, length, value);
    }
    encoder.vectorEntry(field.feature, position, value);
  }

  /** Features are floats: what is finite as a double can be infinite as a feature. */
  private static RecordException notFinite(
      String name, char[] text, int offset, int length, double value) {
    String rule = Double.isFinite(value) ? "must be at most 3.4e38 in size" : "must be finite";
    return RecordException.field(name, rule + ", got " + Excerpt.of(text, offset, length));
  }

  private static RecordException wrongType(Field field, String got) {
    String rule =
        switch (field.feature.kind()) {
          case NUMERIC -> "must be a number";
          case CATEGORICAL, TEXT, CROSSED -> "must be a text, a boolean or a number";
          case MAP -> "must be an object of numbers";
          case VECTOR -> "must be an array of numbers";
          case AUTO, IGNORED -> "must be a feature";
        };
    return RecordException.field(field.name, rule + ", got " + got);
  }

  /** All fields were given. */
  void finish(String topic, int partition, long offset) throws RecordException {
    if (key.isEmpty() && !keyField.isEmpty()) {
      throw RecordException.field(keyField, "is missing: it is the key of the record");
    }
    for (int i = 0; i < extraKeys.length; i++) {
      if (extraKey(i).isEmpty()) {
        throw RecordException.field(extraFields.get(i), "is missing: it is the key of a learner");
      }
    }
    String identity = id.isEmpty() ? topic + '-' + partition + '-' + offset : id;
    example.identify(identity, key, time);
    encoder.end();
  }
}
