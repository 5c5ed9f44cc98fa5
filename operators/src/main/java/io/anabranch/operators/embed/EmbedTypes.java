package io.anabranch.operators.embed;

import io.anabranch.operators.record.ElementType;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type information of what an embedded learner emits. */
final class EmbedTypes {
  static final TypeInformation<Predicted> PREDICTED =
      new ElementType<>(Predicted.class, PredictedSerializer.INSTANCE);

  static final TypeInformation<LearnedModel> MODEL =
      new ElementType<>(LearnedModel.class, LearnedModelSerializer.INSTANCE);

  private EmbedTypes() {}

  /** Lets Flink's type extraction find them. */
  public static final class Factory<T> extends TypeInfoFactory<T> {
    @Override
    @SuppressWarnings("unchecked") // each class with its own type information
    public TypeInformation<T> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      return (TypeInformation<T>) (type == Predicted.class ? PREDICTED : MODEL);
    }
  }
}
