package io.anabranch.operators.record;

import static io.anabranch.operators.record.ExampleSamples.labelled;
import static io.anabranch.operators.record.ExampleSamples.unlabelled;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.data.Target;
import io.anabranch.models.metrics.PrequentialSketch;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** What learners say, on the wire: predictions, votes, figures, models. */
class RecordSerializersTest {

  @Nested
  class Predictions extends SerializerContract<PredictionRecord> {
    Predictions() {
      super(
          RecordTypes.PREDICTION,
          new PredictionRecord[] {
            predicted(unlabelled(), Prediction::clear),
            predicted(labelled(), prediction -> prediction.binary(0.7)),
            predicted(labelled(), prediction -> prediction.decision(true)),
            predicted(labelled(), RecordSerializersTest::manyClasses),
            predicted(unlabelled(), prediction -> prediction.numeric(-3.5))
          });
    }
  }

  @Nested
  class VotesOfMembers extends SerializerContract<MemberVotes> {
    VotesOfMembers() {
      super(
          RecordTypes.MEMBER_VOTES,
          new MemberVotes[] {
            votes(unlabelled(), prediction -> prediction.binary(0.7)),
            votes(labelled(), prediction -> prediction.decision(true)),
            votes(labelled(), RecordSerializersTest::manyClasses),
            votes(null, prediction -> prediction.multiclass(""))
          });
    }
  }

  @Nested
  class BatchesOfVotes extends SerializerContract<VoteBatch> {
    BatchesOfVotes() {
      super(RecordTypes.VOTE_BATCH, new VoteBatch[] {new VoteBatch(), voteBatch()});
    }
  }

  @Nested
  class Counts extends SerializerContract<InputCounts> {
    Counts() {
      super(
          RecordTypes.INPUT_COUNTS,
          new InputCounts[] {InputCounts.NONE, new InputCounts(1L << 40, 2, 3)});
    }
  }

  @Nested
  class Chunks extends SerializerContract<MetricsChunk> {
    Chunks() {
      super(RecordTypes.METRICS_CHUNK, new MetricsChunk[] {chunk(0), chunk(1), chunk(300)});
    }
  }

  @Nested
  class Reports extends SerializerContract<MetricsReport> {
    Reports() {
      super(
          RecordTypes.METRICS_REPORT,
          new MetricsReport[] {
            new MetricsReport("lr", 1000, 17, 999, 1000, InputCounts.NONE, new TreeMap<>()),
            new MetricsReport(
                "lr", 0, 18, 5, 4, new InputCounts(6, 1, 1), new TreeMap<>(Map.of("auc", 0.5))),
            new MetricsReport(
                "lr",
                0,
                18,
                5,
                4,
                InputCounts.NONE,
                new TreeMap<>(Map.of("auc", 0.5)),
                new TreeMap<>(Map.of("hot", 0.75)))
          });
    }
  }

  @Nested
  class Offsets extends SerializerContract<OffsetsChunk> {
    Offsets() {
      super(
          RecordTypes.OFFSETS_CHUNK,
          new OffsetsChunk[] {
            new OffsetsChunk(1, 0, 2, Map.of()),
            new OffsetsChunk(7, 1, 2, Map.of("in-0", 5L, "in-1", 1L << 40))
          });
    }
  }

  @Nested
  class Parts extends SerializerContract<ManifestPart> {
    Parts() {
      super(
          RecordTypes.MANIFEST_PART,
          new ManifestPart[] {
            new ManifestPart("lr", 1, 1_700_000_000_000L, 0, 2, 0, Map.of()),
            new ManifestPart("lr", 2, 1_700_000_000_001L, 1, 2, 12, Map.of("key:é", -1))
          });
    }
  }

  @Nested
  class Blocks extends SerializerContract<ModelRecord.Block> {
    Blocks() {
      super(
          RecordTypes.BLOCK,
          new ModelRecord.Block[] {
            new ModelRecord.Block("lr", "0-0", 1, new byte[0]),
            new ModelRecord.Block("lr", "key:a", 2, new byte[] {1, -2, 3})
          });
    }
  }

  @Nested
  class Manifests extends SerializerContract<ModelRecord.Manifest> {
    Manifests() {
      super(
          RecordTypes.MANIFEST,
          new ModelRecord.Manifest[] {
            new ModelRecord.Manifest("lr", 1, 2, 3, Map.of(), Map.of()),
            new ModelRecord.Manifest("lr", 4, 5, 6, Map.of("in-0", 7L), Map.of("0-0", 8))
          });
    }
  }

  private static VoteBatch voteBatch() {
    VoteBatch batch = new VoteBatch();
    batch.begin(-7);
    batch.add(votes(labelled(), prediction -> prediction.binary(0.7)));
    batch.add(votes(null, RecordSerializersTest::manyClasses));
    return batch;
  }

  private static MemberVotes votes(@Nullable Example example, Consumer<Prediction> vote) {
    MemberVotes votes = new MemberVotes();
    votes.begin(-7, 1L << 50);
    votes.learnedFrom(300);
    Prediction prediction = new Prediction();
    vote.accept(prediction);
    votes.votes().add(prediction);
    if (example != null) {
      votes.identify(example);
    }
    return votes;
  }

  private static MetricsChunk chunk(int scored) {
    PrequentialSketch sketch = new PrequentialSketch(Target.binary("1"));
    Example example = labelled();
    Prediction prediction = new Prediction();
    for (int i = 0; i < scored; i++) {
      prediction.binary((i + 0.5) / scored);
      sketch.score(prediction, example);
    }
    return new MetricsChunk(
        "lr",
        scored,
        new InputCounts(scored, 1, 0),
        sketch,
        new PrequentialSketch(Target.binary("1")),
        scored / 2,
        new KeyCounts(2L * scored, Map.of("hot", (long) scored)));
  }

  private static PredictionRecord predicted(Example example, Consumer<Prediction> says) {
    PredictionRecord record = new PredictionRecord();
    record.of(example, "lr", 3);
    says.accept(record.prediction());
    return record;
  }

  private static void manyClasses(Prediction prediction) {
    prediction.multiclass("c7");
    for (int i = 0; i < 20; i++) {
      prediction.addClass("c" + i, 1.0 / 20);
    }
  }
}
