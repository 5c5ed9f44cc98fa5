package io.anabranch.bench.exchange;

import io.anabranch.bench.ClickStream;
import io.anabranch.job.decode.RecordDecoder;
import io.anabranch.job.decode.RecordDecoders;
import io.anabranch.job.decode.RecordException;
import io.anabranch.job.pipeline.Pipeline;
import io.anabranch.job.pipeline.PipelineException;
import io.anabranch.job.pipeline.PipelineFile;
import io.anabranch.local.feed.FedRecord;
import io.anabranch.local.feed.Feed;
import io.anabranch.local.feed.FeedException;
import io.anabranch.local.feed.RecordReader;
import io.anabranch.local.feed.TopicShape;
import io.anabranch.models.data.Example;
import io.anabranch.models.learner.LearnerRegistry;
import io.anabranch.models.learner.LearnerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The streams of {@code docs/exchange.md}, in file order, as a pipeline would encode them. */
enum DataSet {
  CLICKS("", "target: {field: label, type: binary, positive: 1}") {
    @Override
    List<Example> records(Pipeline pipeline, Path folder, int limit) {
      ClickStream stream = new ClickStream(42);
      List<Example> examples = new ArrayList<>();
      int[] ids = new int[ClickStream.FIELDS];
      for (int row = 0; row < limit; row++) {
        int label = stream.next(ids);
        Example example = new Example();
        example.identify("r" + row, "", row);
        for (int field = 0; field < ids.length; field++) {
          example
              .features()
              .addSparse(
                  ClickStream.coordinate(field, ids[field], LearnerSettings.DEFAULT_HASH_BITS),
                  1,
                  -1 - field);
        }
        example.label(Integer.toString(label), label);
        examples.add(example);
      }
      return examples;
    }
  },
  A9A("a9a/a9a.svm.gz", "target: {field: label, type: binary, positive: 1}"),
  ADULT("adult/adult_train.csv.gz", "target: {field: income, type: binary, positive: '>50K'}"),
  HFLIGHTS(
      "hflights/hflights.csv.gz",
      """
      target: {field: Delayed, type: binary, positive: 1}
      features:
        - {field: Month, type: categorical}
        - {field: DayofMonth, type: categorical}
        - {field: DayOfWeek, type: categorical}
        - {field: UniqueCarrier, type: categorical}
        - {field: FlightNum, type: categorical}
        - {field: TailNum, type: categorical}
        - {field: Origin, type: categorical}
        - {field: Dest, type: categorical}
        - {field: Distance, type: numeric}
      """),
  WEATHER("noaa_weather/noaa_weather.csv", "target: {field: rain, type: binary, positive: 1}"),
  SEA("sea/sea.csv.gz", "target: {field: class, type: binary, positive: 1}"),
  ATTACKS(
      "kdd99_10pct/kdd99_10pct.csv.gz", "target: {field: label, type: binary, positive: normal}"),
  FRIED("fried/fried.csv.gz", "target: {field: target, type: numeric}"),
  HOUSING(
      "california_housing/california_housing.csv.gz",
      "target: {field: medianHouseValue, type: numeric}"),
  BIKES(
      "bike_sharing_hour/bike_sharing_hour.csv.gz",
      """
      target: {field: cnt, type: numeric}
      features:
        - {field: season, type: categorical}
        - {field: mnth, type: categorical}
        - {field: hr, type: categorical}
        - {field: weekday, type: categorical}
        - {field: weathersit, type: categorical}
        - {field: yr, type: numeric}
        - {field: workingday, type: numeric}
        - {field: temp, type: numeric}
        - {field: hum, type: numeric}
        - {field: windspeed, type: numeric}
      """),
  LETTERS(
      "mlbench_multiclass/letterrecognition.csv",
      "target: {field: class, type: multiclass, classes: [A, B, C, D, E, F, G, H, I, J, K, L, M,"
          + " N, O, P, Q, R, S, T, U, V, W, X, Y, Z]}"),
  DIGITS(
      "tiny_classics/digits.csv",
      "target: {field: class, type: multiclass, classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}");

  private final String file;
  private final String target;

  DataSet(String file, String target) {
    this.file = file;
    this.target = target;
  }

  /** A pipeline with one learner over this stream. */
  Pipeline pipeline(String learner) throws PipelineException {
    return PipelineFile.read(
        name(),
        String.join(
            "\n",
            "pipeline: " + name(),
            "input: {topic: stream, format: json}",
            target,
            target.contains("features:") ? "" : "features: auto",
            "learners: [" + learner + "]"),
        List.of(),
        variable -> Optional.empty(),
        new LearnerRegistry(DataSet.class.getClassLoader()));
  }

  /**
   * The labelled records.
   *
   * @param folder where the files are
   * @param limit at most so many
   */
  List<Example> records(Pipeline pipeline, Path folder, int limit)
      throws FeedException, IOException {
    RecordDecoder decoder = RecordDecoders.of(pipeline, List.of());
    List<Example> examples = new ArrayList<>();
    Feed feed = Feed.of(folder.resolve(file), TopicShape.of(pipeline.input()));
    try (RecordReader reader = feed.records()) {
      Optional<FedRecord> next = reader.next();
      for (long row = 0; next.isPresent() && examples.size() < limit; row++) {
        Example example = new Example();
        decoder.decode(next.get().value(), "stream", 0, row, 0, example);
        if (example.labelled()) {
          examples.add(example);
        }
        next = reader.next();
      }
    } catch (RecordException e) {
      throw new IOException(feed.file() + " holds a record that cannot be used", e);
    }
    return examples;
  }
}
