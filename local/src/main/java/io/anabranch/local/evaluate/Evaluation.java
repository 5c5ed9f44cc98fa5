package io.anabranch.local.evaluate;

import io.anabranch.job.decode.RecordDecoder;
import io.anabranch.job.decode.RecordDecoders;
import io.anabranch.job.decode.RecordException;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.topology.LearnerKey;
import io.anabranch.local.feed.FedRecord;
import io.anabranch.local.feed.FeedException;
import io.anabranch.models.data.Example;
import io.anabranch.models.learner.LearnerRegistry;
import java.util.List;
import java.util.Optional;

/**
 * Takes the records of a file through a pipeline's learners, one after the other, as the job does
 * at parallelism 1 from one partition.
 */
public final class Evaluation {
  private final Pipeline pipeline;
  private final RecordDecoder decoder;
  private final List<Candidate> candidates;
  private final List<String> keyFields;
  private final Example example = new Example();
  private final LabelSuccession succession;
  private long offset;
  private long records;
  private long unlabelled;
  private long deadLetters;
  private Optional<String> firstDeadLetter = Optional.empty();

  private Evaluation(Pipeline pipeline, LearnerRegistry registry) {
    this.pipeline = pipeline;
    keyFields = LearnerKey.otherFields(pipeline);
    decoder = RecordDecoders.of(pipeline, keyFields);
    succession = new LabelSuccession(pipeline.target().target().type());
    candidates =
        pipeline.learners().stream()
            .map(learner -> new Candidate(pipeline, learner, registry))
            .toList();
  }

  /**
   * Evaluates.
   *
   * @param records what is fed to the pipeline's input
   * @param registry where the learners come from
   */
  public static EvaluationResult of(
      Pipeline pipeline, EvaluatedRecords records, LearnerRegistry registry) throws FeedException {
    Evaluation evaluation = new Evaluation(pipeline, registry);
    long start = System.nanoTime();
    records.forEach(evaluation::take);
    return evaluation.result((System.nanoTime() - start) / 1e9);
  }

  private void take(FedRecord record) {
    try {
      record.decode(decoder, pipeline.input().topic(), offset++, example);
    } catch (RecordException e) {
      deadLetters++;
      if (firstDeadLetter.isEmpty()) {
        firstDeadLetter = Optional.of("line " + record.line() + ": " + e.getMessage());
      }
      return;
    }
    records++;
    if (example.labelled()) {
      succession.add(example);
    } else {
      unlabelled++;
    }
    String key = example.key();
    for (Candidate candidate : candidates) {
      example.rekey(candidate.keyField().map(this::extraKey).orElse(key));
      candidate.take(example);
    }
  }

  private String extraKey(String field) {
    return decoder.extraKey(keyFields.indexOf(field));
  }

  private EvaluationResult result(double seconds) {
    return new EvaluationResult(
        pipeline.name(),
        pipeline.target().target().type(),
        pipeline.evaluationWindow(),
        records,
        deadLetters,
        firstDeadLetter,
        unlabelled,
        seconds,
        succession,
        Ranking.of(pipeline.target().target().type())
            .sorted(candidates.stream().map(Candidate::finish).toList()));
  }
}
