package io.anabranch.operators.keyed;

import io.anabranch.models.data.Example;

/** Which records share a model. */
public enum KeyChoice {
  /** Those of one entity: the example's key. */
  ENTITY,
  /** All of them: one model, in one subtask. */
  ONE;

  /** The key of the model that an example belongs to. */
  public String of(Example example) {
    return this == ENTITY ? example.key() : "";
  }
}
