package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.Pipeline.Exchange;
import io.anabranch.models.exchange.MergeRule;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.exchange.ExchangeCoding;
import java.util.Optional;

/** Reads {@code exchange} of a learner. */
final class ExchangeReader {
  private ExchangeReader() {}

  static Exchange read(
      Section entry,
      Placement placement,
      Optional<LearnerProvider> provider,
      LearnerSettings settings) {
    if (placement != Placement.SHARED && entry.node("exchange").isPresent()) {
      entry.problem(
          "exchange", "is only for placement: shared, got placement: " + placement.text());
    }
    Section exchange = entry.section("exchange");
    ExchangeCoding coding =
        new ExchangeCoding(exchange.text("floats").equals("16-bit"), exchange.fraction("hold"));
    if (provider.isPresent() && !coding.equals(ExchangeCoding.EXACT)) {
      checkCoding(exchange, coding, placement, provider.get(), settings);
    }
    return new Exchange(
        (int) exchange.number("examples"),
        exchange.number("interval"),
        exchange.number("publish"),
        coding);
  }

  /** Where a learner can be shared at all; that it cannot is reported already. */
  private static void checkCoding(
      Section exchange,
      ExchangeCoding coding,
      Placement placement,
      LearnerProvider provider,
      LearnerSettings settings) {
    boolean shared =
        placement == Placement.SHARED
            && provider.about().placements().contains(placement)
            && provider.about().targets().contains(settings.target().type());
    Optional<MergeRule> rule = shared ? provider.mergeRule(settings) : Optional.empty();
    if (rule.isPresent() && rule.get().leastPrecision().isEmpty()) {
      refuse(exchange, "floats", coding.rounded(), provider);
      refuse(exchange, "hold", coding.hold() > 0, provider);
    }
  }

  private static void refuse(Section exchange, String key, boolean set, LearnerProvider provider) {
    if (set) {
      exchange.problem(
          key, "leaves something out, and the sums of " + provider.type() + " must be exact");
    }
  }
}
