package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.Pipeline.Exchange;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.ExchangeCoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The SHA-256 of what determines a pipeline's results. Where Kafka is, Flink's options and
 * checkpointing are left out: they change nothing that is learned, and they hold the secrets.
 */
final class ConfigHash {

  private ConfigHash() {}

  static Pipeline addTo(Pipeline p) {
    return new Pipeline(
        p.name(),
        p.kafka(),
        p.input(),
        p.target(),
        p.features(),
        p.learners(),
        p.evaluationWindow(),
        p.holdout(),
        p.drift(),
        p.topics(),
        p.delivery(),
        p.controlTopic(),
        p.flink(),
        p.checkpoint(),
        p.seed(),
        sha256(canonical(p)));
  }

  /** One line per part, collections in a fixed order. */
  static String canonical(Pipeline p) {
    StringBuilder text = new StringBuilder();
    line(text, "pipeline", p.name());
    line(text, "input", p.input());
    line(text, "target", p.target());
    if (p.features() instanceof FeatureSpec.Auto auto) {
      line(text, "auto without", new TreeSet<>(auto.exclude()));
      if (auto.fieldBits() != LearnerSettings.DEFAULT_HASH_BITS) {
        line(text, "auto hash", auto.fieldBits());
      }
    } else {
      line(text, "features", p.features());
    }
    for (LearnerEntry learner : p.learners()) {
      line(text, "learner", learner.id() + " " + learner.type() + " " + learner.placement());
      line(text, "key", learner.key());
      line(text, "hyper", new TreeMap<>(learner.settings().hyper()));
      line(text, "bits", learner.settings().hashBits());
      line(text, "exchange", exchange(learner.exchange()));
      if (!learner.exchange().coding().equals(ExchangeCoding.EXACT)) {
        line(text, "coding", learner.exchange().coding());
      }
      if (learner.limits().expires()) {
        line(text, "expire", learner.limits().expireMillis());
      }
      if (learner.limits().capped()) {
        line(text, "entries", learner.limits().entries());
      }
      if (learner.coordinates().admits()) {
        line(text, "admit", learner.coordinates().count());
      }
      if (learner.coordinates().expires()) {
        line(text, "expire coordinates", learner.coordinates().expireMillis());
      }
      if (!learner.prior().isEmpty()) {
        line(text, "prior", learner.prior());
      }
      if (learner.split()) {
        line(text, "split", true);
      }
    }
    line(text, "window", p.evaluationWindow());
    line(text, "holdout", p.holdout().fraction());
    line(text, "topics", new EnumMap<>(p.topics()));
    line(text, "control", p.controlTopic());
    line(text, "delivery", new EnumMap<>(p.delivery()));
    line(text, "seed", p.seed());
    return text.toString();
  }

  /** As it was when an exchange was these three only: the hash of what did not change stays. */
  private static String exchange(Exchange exchange) {
    return "Exchange[examples="
        + exchange.examples()
        + ", intervalMillis="
        + exchange.intervalMillis()
        + ", publishMillis="
        + exchange.publishMillis()
        + "]";
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
