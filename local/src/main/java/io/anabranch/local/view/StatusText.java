package io.anabranch.local.view;

import io.anabranch.local.feed.FeedProgress;
import io.anabranch.local.view.Status.LearnerStatus;
import io.anabranch.local.view.Status.ModelStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says how a run is: as a block for a terminal, or in one line for a log. */
public final class StatusText {
  // Of the share that a subtask has when all have the same. Not all of it: shares are of a sample,
  // and told a little too small.
  private static final double HOT = 0.9;

  private static final String MEANWHILE =
      "the run goes on trying, if need be from its last checkpoint: each record is learned once";

  private StatusText() {}

  /** A few lines. */
  public static List<String> block(Status status) {
    List<String> lines = new ArrayList<>();
    lines.add(
        status.pipeline()
            + "  "
            + Figures.duration(status.elapsed())
            + "   "
            + counts(status, "   "));
    for (FeedProgress feed : status.feeds()) {
      lines.add("  " + feed(feed, status.elapsed()));
    }
    FigurePair pair = FigurePair.of(status);
    lines.add(
        row("learner", "examples", pair.firstTitle(), "(window)", pair.secondTitle(), "(window)"));
    for (LearnerStatus learner : status.learners()) {
      lines.add(
          row(
              learner.id(),
              examples(learner),
              pair.first(learner.cumulative()),
              pair.first(learner.window()),
              pair.second(learner.cumulative()),
              pair.second(learner.window())));
    }
    models(status).ifPresent(models -> lines.add("  " + models));
    hotKeys(status).ifPresent(keys -> lines.add("  " + keys));
    unlearned(status).ifPresent(remark -> lines.add("  " + remark));
    status.deadLetter().ifPresent(reason -> lines.add("  last dead letter: " + reason));
    lines.add("  " + checkpoint(status) + "   " + status.addresses() + "   Ctrl-C stops");
    status
        .outage()
        .ifPresent(outage -> lines.addAll(List.of("  " + outage.text(), "  " + MEANWHILE)));
    status.trouble().ifPresent(trouble -> lines.add("  restarting: " + trouble));
    return lines;
  }

  /** The same in one line. */
  public static String line(Status status) {
    FigurePair pair = FigurePair.of(status);
    StringBuilder line = new StringBuilder(Figures.duration(status.elapsed()));
    line.append("  ").append(counts(status, ", "));
    for (FeedProgress feed : status.feeds()) {
      line.append(" | ").append(feed(feed, status.elapsed()));
    }
    for (LearnerStatus learner : status.learners()) {
      line.append(" | ")
          .append(learner.id())
          .append(' ')
          .append(examples(learner))
          .append(" learned");
      line.append(", ")
          .append(pair.firstTitle())
          .append(' ')
          .append(pair.first(learner.cumulative()));
      line.append(" (").append(pair.first(learner.window())).append("), ");
      line.append(pair.secondTitle()).append(' ').append(pair.second(learner.cumulative()));
      line.append(" (").append(pair.second(learner.window())).append(')');
    }
    models(status).ifPresent(models -> line.append(" | ").append(models));
    hotKeys(status).ifPresent(keys -> line.append(" | ").append(keys));
    unlearned(status).ifPresent(remark -> line.append(" | ").append(remark));
    status.deadLetter().ifPresent(reason -> line.append(" | last dead letter: ").append(reason));
    line.append(" | ").append(checkpoint(status)).append(" | ").append(status.addresses());
    status
        .outage()
        .ifPresent(
            outage -> line.append(" | ").append(outage.text()).append(": ").append(MEANWHILE));
    status.trouble().ifPresent(trouble -> line.append(" | restarting: ").append(trouble));
    return line.toString();
  }

  private static String row(
      String id, String examples, String first, String window, String second, String window2) {
    return String.format(
        Locale.ROOT,
        "  %-22s %12s %10s %10s %10s %10s",
        id,
        examples,
        first,
        window,
        second,
        window2);
  }

  private static String counts(Status status, String separator) {
    return String.join(
        separator,
        Figures.count(status.input("records")) + " records",
        Figures.count(Math.round(status.recordsPerSecond())) + "/s",
        Figures.count(status.input("deadLetters")) + " dead letters",
        Figures.count(status.input("unlabelled")) + " unlabelled");
  }

  private static Optional<String> unlearned(Status status) {
    long records = status.input("records");
    return records > 0 && status.input("unlabelled") == records
        ? Optional.of(
            "no record has the target's field '" + status.target() + "': nothing is learned")
        : Optional.empty();
  }

  private static String examples(LearnerStatus learner) {
    return learner.cumulative().map(line -> Figures.count(line.count("examples"))).orElse("0");
  }

  private static String feed(FeedProgress feed, Duration elapsed) {
    String fed = "feed " + feed.file().getFileName() + " " + Figures.count(feed.records());
    double fraction = feed.fraction();
    if (feed.finished()) {
      return fed + " (all)";
    }
    String percent = String.format(Locale.ROOT, " (%.0f %%", 100 * fraction);
    // The estimate comes from the bytes read, which are ahead at first: early ones mislead.
    if (fraction < 0.05) {
      return fed + percent + ")";
    }
    long left = Math.round(elapsed.toSeconds() * (1 - fraction) / fraction);
    return fed + percent + ", about " + Figures.duration(Duration.ofSeconds(left)) + " left)";
  }

  private static Optional<String> models(Status status) {
    String models =
        status.learners().stream()
            .flatMap(learner -> learner.model().map(m -> learner.id() + " " + model(m)).stream())
            .collect(Collectors.joining("; "));
    return models.isEmpty() ? Optional.empty() : Optional.of("models: " + models);
  }

  private static String model(ModelStatus model) {
    if (model instanceof ModelStatus.Ensemble ensemble) {
      return Figures.count(ensemble.members()) + " members";
    }
    if (model instanceof ModelStatus.Shared shared) {
      return shared
          .age()
          .map(
              age ->
                  "%d s old, %s examples behind"
                      .formatted(age.toSeconds(), Figures.count(shared.examplesBehind())))
          .orElse("no version yet");
    }
    long onHeap = ((ModelStatus.PerKey) model).onHeap();
    return onHeap == 1 ? "1 model" : Figures.count(onHeap) + " models";
  }

  /**
   * The keys that may hold others up: those that alone are as much work as a subtask would have, if
   * the work were shared out evenly. One subtask has all keys, whatever their shares.
   */
  private static Optional<String> hotKeys(Status status) {
    if (status.parallelism() == 1) {
      return Optional.empty();
    }
    String keys =
        status.learners().stream()
            .flatMap(learner -> learner.cumulative().stream())
            .flatMap(
                line ->
                    line.hotKeys().entrySet().stream()
                        .filter(key -> key.getValue() * status.parallelism() >= HOT)
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .map(key -> hotKey(line.learner(), key.getKey(), key.getValue())))
            .collect(Collectors.joining("; "));
    return keys.isEmpty() ? Optional.empty() : Optional.of("hot keys: " + keys);
  }

  private static String hotKey(String learner, String key, double share) {
    return String.format(Locale.ROOT, "%s '%s' %.0f %%", learner, key, 100 * share);
  }

  private static String checkpoint(Status status) {
    return status
        .checkpoint()
        .map(c -> "checkpoint " + c.age().toSeconds() + " s ago, " + Figures.bytes(c.bytes()))
        .orElse("no checkpoint yet");
  }
}
