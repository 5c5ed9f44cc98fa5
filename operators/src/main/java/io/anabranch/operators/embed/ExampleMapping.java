package io.anabranch.operators.embed;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Target;
import java.io.Serializable;
import java.util.Objects;

/**
 * How records become examples; what travels to the cluster.
 *
 * @param fields reads fields by name
 * @param id a name for the record
 * @param key whose record it is
 * @param keyed whether each record must have a key
 * @param time epoch ms; {@link #TIMESTAMP} stands for the element's own
 * @param weight how much it counts
 * @param hashBits coordinates are hashed into 2^hashBits
 * @param grouped whether the learner looks at groups
 */
record ExampleMapping<T>(
    FieldReader<T> fields,
    Features<T> features,
    Label<T> label,
    Mapping.Text<T> id,
    Mapping.Text<T> key,
    boolean keyed,
    Mapping.Time<T> time,
    Mapping.Numeric<T> weight,
    int hashBits,
    boolean grouped)
    implements Serializable {

  /** Says that an element's time is its own timestamp. */
  static final long TIMESTAMP = Long.MIN_VALUE;

  Target target() {
    return label.target();
  }

  /** This, if the records have the fields; what would be refused on the cluster is refused here. */
  ExampleMapping<T> required() {
    fields.require(label.fields());
    fields.require(features.fields());
    var unused = encoder();
    return this;
  }

  /** Makes what encodes records, for one subtask. */
  Encoder<T> encoder() {
    return new Encoder<>(this);
  }

  /** Encodes records, for one subtask. */
  static final class Encoder<T> {
    private final ExampleMapping<T> mapping;
    private final FeatureWriter<T> features;
    private final Label.Labeller<T> labels;

    private Encoder(ExampleMapping<T> mapping) {
      this.mapping = mapping;
      features = mapping.features.writer(mapping.fields, mapping.hashBits, mapping.grouped);
      labels = mapping.label.labeller(mapping.fields);
    }

    /**
     * Fills the example anew.
     *
     * @param timestamp the element's own, epoch ms
     * @throws RefusalException when the record cannot be used
     * @throws io.anabranch.models.feature.FeatureException likewise
     */
    void encode(T element, long timestamp, Example into) {
      into.clear();
      String id = Objects.requireNonNullElse(mapping.id.of(element), "");
      String key = Objects.requireNonNullElse(mapping.key.of(element), "");
      if (mapping.keyed && key.isEmpty()) {
        throw new RefusalException("key must be there: the learner has a model for each key");
      }
      long time = mapping.time.of(element);
      into.identify(id, key, time == TIMESTAMP ? timestamp : time);
      double weight = mapping.weight.of(element);
      if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
        throw new RefusalException("weight must be finite and >= 0, got " + weight);
      }
      into.weigh(weight);
      features.write(element, into.features());
      labels.label(element, into);
    }
  }
}
