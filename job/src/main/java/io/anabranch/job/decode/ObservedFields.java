package io.anabranch.job.decode;

import io.anabranch.job.pipeline.Pipeline.Input;
import io.anabranch.job.pipeline.Pipeline.TargetField;
import io.anabranch.models.feature.RecordEncoder;
import java.util.List;

/**
 * Tells an observer what the fields hold. A class of its own, which no job ever loads: so the
 * decoding of jobs pays nothing for it.
 */
final class ObservedFields extends RecordFields {
  private final FieldObserver observer;

  ObservedFields(
      Input input,
      TargetField target,
      List<String> extraKeys,
      RecordEncoder encoder,
      FieldObserver observer) {
    super(input, target, extraKeys, encoder);
    this.observer = observer;
  }

  @Override
  void number(Field field, char[] text, int offset, int length, double value)
      throws RecordException {
    observer.value(field.name, FieldObserver.Kind.NUMBER, new String(text, offset, length));
    super.number(field, text, offset, length, value);
  }

  @Override
  void text(Field field, char[] text, int offset, int length) throws RecordException {
    observer.value(field.name, FieldObserver.Kind.TEXT, new String(text, offset, length));
    super.text(field, text, offset, length);
  }

  @Override
  void flag(Field field, char[] text, int offset, int length) throws RecordException {
    observer.value(field.name, FieldObserver.Kind.BOOLEAN, new String(text, offset, length));
    super.flag(field, text, offset, length);
  }

  @Override
  boolean container(Field field, boolean object) throws RecordException {
    observer.value(field.name, object ? FieldObserver.Kind.OBJECT : FieldObserver.Kind.ARRAY, "");
    return super.container(field, object);
  }
}
