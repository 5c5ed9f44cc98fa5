package io.anabranch.cluster.check;

import io.anabranch.cluster.check.KeyedModels.KeyedModel;
import io.anabranch.cluster.feed.FedCounts;
import io.anabranch.cluster.feed.FeedPlan;
import io.anabranch.cluster.feed.FeedPlan.Place;
import io.anabranch.job.decode.RecordDecoder;
import io.anabranch.job.decode.RecordDecoders;
import io.anabranch.job.decode.RecordException;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.KeyChoice;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.ensemble.Votes;
import io.anabranch.models.exchange.CoordinateBatch;
import io.anabranch.models.learner.Ensemble;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.SharedLearner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the pipeline's learners would be if nothing had ever happened: the records that were fed,
 * through the same decoder and learners, in plain loops without Flink.
 */
public final class UninterruptedRun {
  /** Stands for the version of an ensemble, which counts the records of all partitions. */
  public static final long UNKNOWN_VERSION = 0;

  private final Map<String, Map<String, KeyedModel>> keyedModels = new TreeMap<>();
  private final Map<String, PredictedSequence> predictions = new TreeMap<>();
  private final Map<String, Statistics> statistics = new TreeMap<>();
  private final Map<String, AdmittedCoordinates> admitted = new TreeMap<>();

  /** Runs. */
  public UninterruptedRun(
      Pipeline pipeline, LearnerRegistry registry, FeedPlan plan, FedCounts fed) {
    for (LearnerEntry learner : pipeline.learners()) {
      LearnerProvider provider = registry.find(learner.type()).orElseThrow();
      switch (learner.placement()) {
        case SHARED -> {
          SharedLearner model = provider.createShared(learner.settings()).orElseThrow();
          AdmittedCoordinates coordinates = new AdmittedCoordinates(learner.coordinates().count());
          replay(
              pipeline,
              plan,
              fed,
              (place, example) -> {
                model.learn(example);
                coordinates.enter(place, example.features());
              });
          statistics.put(learner.id(), drained(model));
          admitted.put(learner.id(), coordinates);
        }
        case PER_KEY -> perKey(pipeline, plan, fed, learner, provider);
        case ENSEMBLE -> ensemble(pipeline, plan, fed, learner, provider);
      }
    }
  }

  private interface Visitor {
    void visit(Place place, Example example);
  }

  private static void replay(Pipeline pipeline, FeedPlan plan, FedCounts fed, Visitor visitor) {
    RecordDecoder decoder = RecordDecoders.of(pipeline, List.of());
    Example example = new Example();
    for (int partition = 0; partition < fed.ofPartition().size(); partition++) {
      for (long number = 0; number < fed.ofPartition().get(partition); number++) {
        Place place = new Place(partition, number);
        try {
          decoder.decode(
              plan.value(place), pipeline.input().topic(), partition, number, 0, example);
        } catch (RecordException e) {
          throw new IllegalStateException("record " + place.id() + " of the plan is no record", e);
        }
        visitor.visit(place, example);
      }
    }
  }

  private void perKey(
      Pipeline pipeline,
      FeedPlan plan,
      FedCounts fed,
      LearnerEntry learner,
      LearnerProvider provider) {
    Map<String, Learner> models = new HashMap<>();
    PredictedSequence sequence = new PredictedSequence();
    Prediction prediction = new Prediction();
    replay(
        pipeline,
        plan,
        fed,
        (place, example) -> {
          Learner model =
              models.computeIfAbsent(
                  learner.key().equals(new KeyChoice.None()) ? "" : example.key(),
                  key -> provider.create(learner.settings()));
          model.predict(example, prediction);
          sequence.enter(place, model.examples(), prediction.probability());
          model.learn(example);
        });
    Map<String, KeyedModel> written = new TreeMap<>();
    models.forEach(
        (key, model) -> written.put(key, new KeyedModel(model.examples(), provider.write(model))));
    keyedModels.put(learner.id(), written);
    if (!learner.split()) { // who predicts by what is a matter of timing
      predictions.put(learner.id(), sequence);
    }
  }

  private void ensemble(
      Pipeline pipeline,
      FeedPlan plan,
      FedCounts fed,
      LearnerEntry learner,
      LearnerProvider provider) {
    Ensemble ensemble = provider.ensemble(learner.settings()).orElseThrow();
    List<Learner> members = new ArrayList<>();
    IntStream.range(0, ensemble.members()).forEach(i -> members.add(ensemble.create(i)));
    PredictedSequence sequence = new PredictedSequence();
    Prediction prediction = new Prediction();
    Votes votes = new Votes();
    replay(
        pipeline,
        plan,
        fed,
        (place, example) -> {
          votes.clear();
          for (Learner member : members) {
            member.predict(example, prediction);
            votes.add(prediction);
            member.learn(example);
          }
          votes.predict(prediction);
          sequence.enter(place, UNKNOWN_VERSION, prediction.probability());
        });
    Map<String, KeyedModel> written = new TreeMap<>();
    for (int i = 0; i < members.size(); i++) {
      Learner member = members.get(i);
      written.put(Integer.toString(i), new KeyedModel(member.examples(), ensemble.write(member)));
    }
    keyedModels.put(learner.id(), written);
    predictions.put(learner.id(), sequence);
  }

  private static Statistics drained(SharedLearner model) {
    CoordinateBatch[] batches = new CoordinateBatch[model.shape().shards()];
    Arrays.setAll(
        batches,
        shard -> new CoordinateBatch(model.shape().deltaWidth(), model.shape().statisticsWidth()));
    model.drain(batches);
    Map<Integer, double[]> figures = new TreeMap<>();
    for (CoordinateBatch batch : batches) {
      for (int i = 0; i < batch.statisticsSize(); i++) {
        int from = i * batch.statisticsWidth();
        figures.put(
            batch.statisticsCoordinates()[i],
            Arrays.copyOfRange(batch.statistics(), from, from + batch.statisticsWidth()));
      }
    }
    return new Statistics(figures);
  }

  /** The models of each per-key learner and the members of each ensemble, by learner and key. */
  public Map<String, Map<String, KeyedModel>> keyedModels() {
    return keyedModels;
  }

  /** What each per-key learner that is not split, and each ensemble, predicted. */
  public Map<String, PredictedSequence> predictions() {
    return predictions;
  }

  /** The exact statistics of each shared learner. */
  public Map<String, Statistics> statistics() {
    return statistics;
  }

  /** Which hashed coordinates each shared learner should have weights of. */
  public Map<String, AdmittedCoordinates> admitted() {
    return admitted;
  }
}
