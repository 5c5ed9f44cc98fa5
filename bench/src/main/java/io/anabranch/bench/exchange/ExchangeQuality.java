package io.anabranch.bench.exchange;

import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineException;
import io.anabranch.local.feed.FeedException;
import io.anabranch.models.data.Example;
import io.anabranch.models.learner.LearnerProvider;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import io.anabranch.operators.exchange.ExchangeCoding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What learning in parallel costs in quality: the loss of P simulated trainers over that of one
 * model that learns the same stream alone, in per cent. Deterministic. Beside it, what one model
 * alone loses whose predictions lack the P - 1 examples before, as those of P trainers do that take
 * an example each at the same time.
 */
@Command(
    name = "bench/run exchange",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "The loss of simulated parallel training over sequential training, in per cent.")
public final class ExchangeQuality implements Callable<Integer> {
  private static final PrintStream OUT = System.out;

  @Option(names = "--data", split = ",", defaultValue = "A9A,ADULT,HFLIGHTS,CLICKS")
  private List<DataSet> data = List.of();

  @Option(names = "--folder", defaultValue = "${env:ANABRANCH_DATA:-.}")
  private Path folder = Path.of("");

  @Option(names = "--learner", defaultValue = "logistic-regression")
  private String learner = "";

  @Option(names = "--hyper", description = "NAME=VALUE; repeatable.")
  private Map<String, String> hyper = Map.of();

  @Option(names = "--trainers", split = ",", defaultValue = "2,4,8,16,32,64")
  private List<Integer> trainers = List.of();

  @Option(names = "--examples", split = ",", defaultValue = "50,500,5000")
  private List<Integer> examples = List.of();

  @Option(names = "--lag", split = ",", defaultValue = "0,1", description = "In intervals.")
  private List<Double> lags = List.of();

  @Option(names = "--lock-step", description = "All trainers ship at the same time.")
  private boolean lockStep;

  @Option(names = "--rounded", description = "As with floats: 16-bit.")
  private boolean rounded;

  @Option(names = "--hold", defaultValue = "0", description = "As hold.")
  private double hold;

  @Option(names = "--shuffle", description = "Take the records in a random order, by a seed.")
  private Optional<Long> shuffle = Optional.empty();

  @Option(names = "--limit", defaultValue = "500000", description = "Records of each stream.")
  private int limit;

  private ExchangeQuality() {}

  /** Runs; see {@code --help}. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new ExchangeQuality());
    System.exit(line.setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws PipelineException, FeedException, IOException {
    LearnerProvider provider =
        new LearnerRegistry(ExchangeQuality.class.getClassLoader()).find(learner).orElseThrow();
    ExchangeCoding coding = new ExchangeCoding(rounded, hold);
    for (DataSet set : data) {
      Pipeline pipeline = set.pipeline(entry());
      LearnerSettings settings = pipeline.learners().get(0).settings();
      List<Example> records = set.records(pipeline, folder, limit);
      shuffle.ifPresent(seed -> Collections.shuffle(records, new Random(seed)));
      Loss alone = Simulation.sequential(provider, settings, records, 0);
      OUT.printf(
          Locale.ROOT,
          "%n%s, %,d records, %s alone: %.6f%n%5s %4s",
          set.name().toLowerCase(Locale.ROOT),
          records.size(),
          learner,
          alone.mean(),
          "K",
          "lag");
      trainers.forEach(p -> OUT.printf("%9s", "P=" + p));
      OUT.printf("%n%10s", "behind");
      for (int p : trainers) {
        Loss late = Simulation.sequential(provider, settings, records, p - 1);
        OUT.printf(Locale.ROOT, "%+9.2f", 100 * late.beyond(alone));
      }
      OUT.println();
      for (int most : examples) {
        for (double lag : lags) {
          OUT.printf(Locale.ROOT, "%5d %4.1f", most, lag);
          for (int p : trainers) {
            ExchangePlan plan = new ExchangePlan(p, most, lag, lockStep, coding);
            Loss loss = Simulation.run(provider, settings, records, plan).loss();
            OUT.printf(Locale.ROOT, "%+9.2f", 100 * loss.beyond(alone));
            OUT.flush();
          }
          OUT.println();
        }
      }
    }
    return 0;
  }

  private String entry() {
    String settings =
        hyper.entrySet().stream()
            .map(set -> set.getKey() + ": " + set.getValue())
            .collect(Collectors.joining(", "));
    return "{id: model, type: " + learner + ", placement: shared, hyper: {" + settings + "}}";
  }
}
