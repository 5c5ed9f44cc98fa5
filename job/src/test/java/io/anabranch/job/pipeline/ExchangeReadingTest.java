package io.anabranch.job.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.anabranch.job.pipeline.Pipeline.Exchange;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.operators.exchange.ExchangeCoding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeReadingTest {
  private static final LearnerRegistry REGISTRY =
      new LearnerRegistry(ExchangeReadingTest.class.getClassLoader());

  private static final String BINARY = "{field: y, type: binary, positive: 1}";

  @Test
  void nothingIsLeftOutUnlessToldTo() throws Exception {
    assertThat(exchange("logistic-regression", "{examples: 7}"))
        .isEqualTo(new Exchange(7, 200, 20, ExchangeCoding.EXACT));
    assertThat(exchange("logistic-regression", "{floats: 16-bit, hold: 0.9}"))
        .isEqualTo(new Exchange(5_000, 200, 20, new ExchangeCoding(true, 0.9)));
  }

  @Test
  void whatIsLeftOutChangesTheConfigurationAndItsAbsenceDoesNot() throws Exception {
    assertThat(ConfigHash.canonical(read("logistic-regression", "{hold: 0.5}")))
        .contains(
            "exchange: Exchange[examples=5000, intervalMillis=200, publishMillis=20]\n"
                + "coding: ExchangeCoding[rounded=false, hold=0.5]\n");
    assertThat(ConfigHash.canonical(read("logistic-regression", "{}"))).doesNotContain("coding");
  }

  @Test
  void sumsThatMustBeExactTravelWhole() {
    assertThat(problems("naive-bayes", "{floats: 16-bit, hold: 0.9}"))
        .containsExactly(
            "p.yaml:4 learners[0].exchange.floats: leaves something out, and the sums of"
                + " naive-bayes must be exact",
            "p.yaml:4 learners[0].exchange.hold: leaves something out, and the sums of naive-bayes"
                + " must be exact");
  }

  @Test
  void aTargetThatDoesNotFitIsWhatIsReported() {
    assertThat(problems("naive-bayes", "{floats: 16-bit}", "{field: y, type: numeric}"))
        .containsExactly(
            "p.yaml:4 learners[0].type: naive-bayes cannot predict a numeric target; it can predict:"
                + " binary, multiclass");
    assertThat(problems("naive-bayes", "{}", "{field: y, type: nummeric}"))
        .containsExactly(
            "p.yaml:3 target.type: must be one of binary, multiclass, numeric, none, got"
                + " 'nummeric', did you mean 'numeric'?");
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThat(problems("logistic-regression", "{floats: 8-bit, hold: 1}"))
        .containsExactly(
            "p.yaml:4 learners[0].exchange.floats: must be one of 32-bit, 16-bit, got"
                + " '8-bit', did you mean '32-bit'?",
            "p.yaml:4 learners[0].exchange.hold: must be a number >= 0 and < 1, got 1");
  }

  private static Exchange exchange(String type, String text) throws PipelineException {
    return read(type, text).learners().get(0).exchange();
  }

  private static List<String> problems(String type, String exchange) {
    return problems(type, exchange, BINARY);
  }

  private static List<String> problems(String type, String exchange, String target) {
    return catchThrowableOfType(PipelineException.class, () -> read(type, exchange, target))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private static Pipeline read(String type, String exchange) throws PipelineException {
    return read(type, exchange, BINARY);
  }

  private static Pipeline read(String type, String exchange, String target)
      throws PipelineException {
    String text =
        """
        pipeline: p
        input: {topic: t, format: json}
        target: %s
        learners: [{id: a, type: %s, placement: shared, exchange: %s}]
        features: {auto: {}}
        """
            .formatted(target, type, exchange);
    return PipelineFile.read("p.yaml", text, List.of(), variable -> Optional.empty(), REGISTRY);
  }
}
