package io.anabranch.local.evaluate;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.job.topology.LearnerKey;
import io.anabranch.models.data.Example;
import io.anabranch.models.data.Prediction;
import io.anabranch.models.learner.Learner;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import io.anabranch.models.metrics.Holdout;
import io.anabranch.operators.evaluation.DriftWatch;
import io.anabranch.operators.evaluation.ScoreBuffer;
import io.anabranch.operators.evaluation.Tally;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.MetricsReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One learner under evaluation: its models by key, in the order predict, score, learn, as the job's
 * operators have it. Memory: O(models), all of them on the heap.
 */
final class Candidate {
  private final LearnerEntry entry;
  private final LearnerProvider provider;
  private final LearnerKey key;
  private final int window;
  private final Holdout holdout;
  private final Map<String, Learner> models = new HashMap<>();
  private final Prediction prediction = new Prediction();
  private final ScoreBuffer scores;
  private final Tally tally;
  private final List<MetricsReport> curve = new ArrayList<>();

  Candidate(Pipeline pipeline, LearnerEntry entry, LearnerRegistry registry) {
    this.entry = entry;
    provider =
        registry
            .find(entry.type())
            .orElseThrow(() -> new IllegalArgumentException("no learner type " + entry.type()));
    key = LearnerKey.of(pipeline, entry);
    window = pipeline.evaluationWindow();
    holdout = pipeline.holdout();
    scores =
        new ScoreBuffer(
            entry.id(),
            pipeline.target().target(),
            window,
            DriftWatch.of(pipeline.drift(), pipeline.target().target()),
            this::add);
    tally = new Tally(pipeline.target().target());
  }

  /** The field that keys this learner's records, when it is another one than the input's. */
  Optional<String> keyField() {
    return key.field();
  }

  /** Predicts, scores and learns one example, whose key is this learner's. */
  void take(Example example) {
    Learner model = models.computeIfAbsent(key.choice().of(example), fresh -> untrained());
    model.predict(example, prediction);
    if (example.labelled() && holdout.contains(example.id())) {
      scores.heldOut(prediction, example);
    } else if (example.labelled()) {
      scores.score(prediction, example);
      model.learn(example);
      scores.learned();
    }
  }

  private Learner untrained() {
    return entry.placement() == Placement.SHARED
        ? provider.createShared(entry.settings()).orElseThrow()
        : provider.create(entry.settings());
  }

  private void add(MetricsChunk chunk) {
    tally.add(chunk);
    if (tally.holdsWindow(window)) {
      curve.add(tally.closeWindow(entry.id(), window, 0));
    }
  }

  /** What this learner came to; nothing may be taken after it. */
  LearnerFigures finish() {
    scores.ship();
    MetricsReport all = tally.cumulative(entry.id(), 0);
    if (curve.isEmpty() && all.scored() > 0) {
      curve.add(tally.closeWindow(entry.id(), window, 0));
    }
    return new LearnerFigures(
        entry.id(),
        entry.type(),
        provider.baseline(),
        models.size(),
        all.examples(),
        all.scored(),
        all.figures(),
        curve.stream().map(r -> new LearnerFigures.Window(r.scored(), r.figures())).toList());
  }
}
