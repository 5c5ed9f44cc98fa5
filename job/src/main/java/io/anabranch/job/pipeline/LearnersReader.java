package io.anabranch.job.pipeline;

import io.anabranch.job.pipeline.Pipeline.Exchange;
import io.anabranch.job.pipeline.Pipeline.KeyChoice;
import io.anabranch.job.pipeline.Pipeline.LearnerEntry;
import io.anabranch.models.data.Target;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.models.learner.Placement;
import io.anabranch.operators.exchange.CoordinateLimits;
import io.anabranch.operators.keyed.KeyLimits;
import io.anabranch.operators.keyed.PerKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code learners}. */
final class LearnersReader {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]+");

  private final Section root;
  private final LearnerRegistry registry;
  private final Target target;
  private final FeatureSpec features;
  private final long seed;
  private final Map<String, String> pathById = new HashMap<>();

  LearnersReader(
      Section root, LearnerRegistry registry, Target target, FeatureSpec features, long seed) {
    this.root = root;
    this.registry = registry;
    this.target = target;
    this.features = features;
    this.seed = seed;
  }

  List<LearnerEntry> read() {
    List<LearnerEntry> learners = new ArrayList<>();
    List<Section> entries = root.sections("learners", PipelineKeys.ROOT.child("learners"));
    for (Section entry : entries) {
      learners.add(learner(entry));
    }
    for (int i = 0; i < entries.size(); i++) {
      PriorRule.check(entries.get(i), learners.get(i), learners, registry);
    }
    if (root.hasEmptyList("learners")) {
      root.problem("learners", "must list at least one learner");
    }
    return learners;
  }

  private LearnerEntry learner(Section entry) {
    String id = entry.text("id");
    checkId(entry, id);
    String type = entry.text("type");
    Placement placement = placement(entry.text("placement"));
    Optional<LearnerProvider> provider = provider(entry);
    Map<String, ? extends java.io.Serializable> hyper =
        provider.isPresent() ? HyperReader.read(entry, provider.get()) : Map.of();
    LearnerSettings settings = new LearnerSettings(target, features.hashBits(), hyper, seed);
    provider.ifPresent(known -> checkFit(entry, known, placement, settings));
    Exchange exchange = ExchangeReader.read(entry, placement, provider, settings);
    CoordinateLimits coordinates =
        new CoordinateLimitsReader(entry, registry).read(placement, provider);
    if (placement == Placement.ENSEMBLE && entry.node("expire").isPresent()) {
      entry.problem("expire", "is only for placement: per-key or shared, got placement: ensemble");
    }
    if (placement != Placement.PER_KEY) {
      refuse(entry, "entries", placement);
      refuse(entry, "heap", placement);
      refuse(entry, "prior", placement);
      refuse(entry, "split", placement);
    }
    boolean split = placement == Placement.PER_KEY && entry.flag("split");
    if (split && provider.isPresent()) {
      SplitRule.check(entry, provider.get(), target, registry);
    }
    return new LearnerEntry(
        id,
        type,
        placement,
        key(entry, placement),
        settings,
        exchange,
        new KeyLimits(
            placement == Placement.PER_KEY
                ? limit(entry, "expire", KeyLimits.NEVER)
                : KeyLimits.NEVER,
            limit(entry, "entries", KeyLimits.ANY)),
        limit(entry, "heap", PerKeySpec.HEAP_SHARE),
        coordinates,
        placement == Placement.PER_KEY ? entry.text("prior") : "",
        split);
  }

  private static void refuse(Section entry, String perKey, Placement placement) {
    if (entry.node(perKey).isPresent()) {
      entry.problem(perKey, "is only for placement: per-key, got placement: " + placement.text());
    }
  }

  private static long limit(Section entry, String name, long none) {
    return entry.node(name).isPresent() ? entry.number(name) : none;
  }

  private static Placement placement(String text) {
    return Arrays.stream(Placement.values())
        .filter(placement -> placement.text().equals(text))
        .findFirst()
        .orElse(Placement.PER_KEY); // reported already
  }

  private void checkId(Section entry, String id) {
    if (id.isEmpty()) {
      return;
    }
    if (!ID.matcher(id).matches()) {
      entry.problem("id", "must be of A-Z a-z 0-9 . _ -, got '" + entry.shown("id", id) + "'");
    }
    String earlier = pathById.putIfAbsent(id, entry.path("id"));
    if (earlier != null) {
      entry.problem("id", "must differ from " + earlier + ", got '" + entry.shown("id", id) + "'");
    }
  }

  private Optional<LearnerProvider> provider(Section entry) {
    Optional<YamlNode.Scalar> type = entry.scalar("type");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Optional<LearnerProvider> provider = registry.find(type.get().text());
    if (provider.isEmpty()) {
      entry.problem(
          "type",
          "'"
              + type.get().shown()
              + "' is not built"
              + NearestName.hint(type.get().text(), registry.types())
              + "; built are: "
              + String.join(", ", registry.types()));
    }
    return provider;
  }

  private void checkFit(
      Section entry, LearnerProvider provider, Placement placement, LearnerSettings settings) {
    boolean placementKnown =
        entry.node("placement").isEmpty() || entry.scalar("placement").isPresent();
    if (placementKnown && !provider.about().placements().contains(placement)) {
      String why =
          switch (placement) {
            case SHARED ->
                "cannot be shared: changes made by several trainers to its model do not add up";
            case PER_KEY -> "cannot be per-key: it is one model from all the traffic";
            case ENSEMBLE -> "cannot be an ensemble: it has no members";
          };
      entry.problem(
          "placement", provider.type() + " " + why + "; it can be: " + placements(provider));
    }
    if (placement == Placement.SHARED && provider.about().placements().contains(placement)) {
      robust()
          .ifPresent(
              field ->
                  entry.problem(
                      "placement",
                      "cannot be shared with scale: robust of feature '"
                          + field
                          + "': the quartiles of several trainers do not add up; take scale:"
                          + " standard or min-max, or placement: per-key"));
    }
    if (placement == Placement.SHARED && provider.about().targets().contains(target.type())) {
      provider
          .whyNotShared(settings)
          .ifPresent(
              why -> entry.problem("placement", provider.type() + " cannot be shared " + why));
    }
    if (root.section("target").scalar("type").isPresent()
        && !provider.about().targets().contains(target.type())) {
      entry.problem(
          "type",
          provider.type()
              + " cannot predict a "
              + name(target.type())
              + " target; it can predict: "
              + Arrays.stream(TargetType.values())
                  .filter(provider.about().targets()::contains)
                  .map(LearnersReader::name)
                  .collect(Collectors.joining(", ")));
    }
  }

  /** The first field whose scale has no merge rule. */
  private Optional<String> robust() {
    return features instanceof FeatureSpec.Listed listed
        ? listed.features().stream()
            .filter(feature -> feature.scale() == FeatureSpec.Scale.ROBUST)
            .map(FeatureSpec.Feature::field)
            .findFirst()
        : Optional.empty();
  }

  private static String placements(LearnerProvider provider) {
    return Arrays.stream(Placement.values())
        .filter(provider.about().placements()::contains)
        .map(Placement::text)
        .collect(Collectors.joining(", "));
  }

  private static String name(TargetType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static KeyChoice key(Section entry, Placement placement) {
    Optional<String> key = entry.optionalText("key");
    if (key.isEmpty()) {
      return new KeyChoice.Inherited();
    }
    if (key.get().equals("none")) {
      return new KeyChoice.None();
    }
    if (placement != Placement.PER_KEY) {
      entry.problem(
          "key",
          "is only for placement: per-key, got '"
              + entry.shown("key", key.get())
              + (placement == Placement.SHARED
                  ? "'; a shared model has no key"
                  : "'; an ensemble has no key"));
    }
    return new KeyChoice.Field(key.get());
  }
}
