package io.anabranch.models.linear;

import io.anabranch.models.data.Example;
import io.anabranch.models.data.TargetType;
import io.anabranch.models.feature.FeatureSpec;
import io.anabranch.models.feature.FeatureSpec.Auto;
import io.anabranch.models.feature.FieldPlan;
import io.anabranch.models.feature.RecordEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Labelled real records in file order, encoded as the job encodes them with {@code auto}. */
public final class Dataset {
  /** The width of hashing. */
  public static final int BITS = 22;

  /** What is known of a flight only after it left. */
  public static final Set<String> AFTER_DEPARTURE =
      Set.of(
          "ArrTime",
          "AirTime",
          "ArrDelay",
          "DepDelay",
          "DepTime",
          "TaxiIn",
          "TaxiOut",
          "Cancelled",
          "CancellationCode",
          "Diverted",
          "ActualElapsedTime");

  // JSON's grammar of numbers, with a leading + allowed.
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private Dataset() {}

  /** A CSV file; rows without a label are left out. No positive class: a multiclass target. */
  public static List<Example> csv(
      InputStream file, String target, String positive, Set<String> exclude) throws IOException {
    List<Example> examples = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      String[] names = in.readLine().split(",", -1);
      Set<String> out = new HashSet<>(exclude);
      out.add(target);
      RecordEncoder encoder = new RecordEncoder(new Auto(out), BITS);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Example example = record(encoder, names, line.split(",", -1), target, positive);
        if (example.labelled()) {
          examples.add(example);
        }
      }
    }
    return examples;
  }

  /** A CSV file whose target is a class or a number. */
  static List<Example> csv(InputStream file, String target, TargetType type, FeatureSpec features)
      throws IOException {
    List<Example> examples = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      String[] names = in.readLine().split(",", -1);
      RecordEncoder encoder = new RecordEncoder(features, BITS);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Example example = record(encoder, names, line.split(",", -1), target, "");
        boolean number = type == TargetType.NUMERIC;
        example.label(example.label(), number ? Double.parseDouble(example.label()) : Double.NaN);
        examples.add(example);
      }
    }
    return examples;
  }

  /** A libsvm file, as {@code {"label": 1, "x": {"12": 0.5}}}. */
  static List<Example> svm(InputStream file) throws IOException {
    List<Example> examples = new ArrayList<>();
    RecordEncoder encoder = new RecordEncoder(new Auto(Set.of("label")), BITS);
    FieldPlan x = encoder.field("x");
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] parts = line.trim().split(" ");
        Example example = new Example();
        example.clear();
        encoder.begin(example.features());
        for (int i = 1; i < parts.length; i++) {
          int colon = parts[i].indexOf(':');
          encoder.mapEntry(
              x, parts[i].substring(0, colon), Double.parseDouble(parts[i].substring(colon + 1)));
        }
        encoder.end();
        boolean positive = Double.parseDouble(parts[0]) > 0;
        example.label(positive ? "1" : "-1", positive ? 1 : 0);
        examples.add(example);
      }
    }
    return examples;
  }

  /** A file, unpacked when its name ends in .gz. */
  public static InputStream open(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    return path.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private static Example record(
      RecordEncoder encoder, String[] names, String[] values, String target, String positive) {
    Example example = new Example();
    example.clear();
    encoder.begin(example.features());
    for (int i = 0; i < names.length; i++) {
      if (values[i].isEmpty()) {
        continue;
      }
      if (names[i].equals(target)) {
        double binary = values[i].equals(positive) ? 1 : 0;
        example.label(values[i], positive.isEmpty() ? Double.NaN : binary);
      } else if (NUMBER.matcher(values[i]).matches()) {
        encoder.number(encoder.field(names[i]), Double.parseDouble(values[i]));
      } else {
        encoder.text(encoder.field(names[i]), values[i]);
      }
    }
    encoder.end();
    return example;
  }
}
