package io.anabranch.job.pipeline;

import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.exchange.CoordinateLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads which hashed coordinates a shared learner keeps weights of: {@code admit}, {@code expire}.
 */
final class CoordinateLimitsReader {
  private final Section entry;
  private final LearnerRegistry registry;

  CoordinateLimitsReader(Section entry, LearnerRegistry registry) {
    this.entry = entry;
    this.registry = registry;
  }

  CoordinateLimits read(Placement placement, Optional<LearnerProvider> provider) {
    boolean admits = entry.node("admit").isPresent();
    if (placement != Placement.SHARED) {
      if (admits) {
        entry.problem("admit", "is only for placement: shared, got placement: " + placement.text());
      }
      return CoordinateLimits.NONE;
    }
    boolean expires = entry.node("expire").isPresent();
    if (provider.isPresent() && !provider.get().knowsByCoordinate()) {
      refuse("admit", provider.get());
      refuse("expire", provider.get());
    }
    return new CoordinateLimits(
        admits ? (int) entry.section("admit").number("count") : CoordinateLimits.NONE.count(),
        expires ? entry.number("expire") : CoordinateLimits.NEVER);
  }

  private void refuse(String key, LearnerProvider provider) {
    if (entry.node(key).isPresent()) {
      List<String> able = new ArrayList<>();
      for (String type : registry.types()) {
        if (registry.find(type).orElseThrow().knowsByCoordinate()) {
          able.add(type);
        }
      }
      entry.problem(
          key,
          provider.type()
              + " does not keep what it knows of a feature by itself; those that do: "
              + String.join(", ", able));
    }
  }
}
