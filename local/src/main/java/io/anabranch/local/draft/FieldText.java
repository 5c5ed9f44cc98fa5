package io.anabranch.local.draft;

import io.anabranch.local.profile.DataProfile;
import io.anabranch.local.profile.FieldProfile;
import io.anabranch.local.profile.ValueCounts;
import io.anabranch.local.view.Figures;
import io.anabranch.local.view.TextTable;
import java.util.List;
import java.util.stream.Collectors;

/** What a field holds, in words. */
public final class FieldText {
  private static final int MOST_SHOWN = 4;
  private static final int LONGEST_SHOWN = 20;

  private FieldText() {}

  /** A table of the first fields, for a terminal. */
  public static List<String> table(DataProfile profile, int most) {
    TextTable table = new TextTable();
    profile.fields().stream()
        .limit(most)
        .forEach(field -> table.row(field.name(), values(field), guess(field)));
    List<String> lines = new java.util.ArrayList<>(table.lines());
    if (profile.fields().size() > most) {
      lines.add("  and " + Figures.count(profile.fields().size() - most) + " more");
    }
    return lines;
  }

  private static String guess(FieldProfile field) {
    return TargetGuess.guess(field)
        .map(
            guess ->
                "could be a "
                    + guess.target().type().name().toLowerCase(java.util.Locale.ROOT)
                    + " target")
        .orElse("");
  }

  /** The values of a field: "3 texts: a, b, c", "numbers from 0 to 1". */
  public static String values(FieldProfile field) {
    return switch (field.kind()) {
      case MISSING -> "no values";
      case MAPS -> "objects";
      case VECTORS -> "arrays";
      case NUMBERS ->
          field.values().complete() && field.values().distinct() <= MOST_SHOWN
              ? distinct(field, "numbers")
              : (field.whole() ? "whole numbers" : "numbers")
                  + " from "
                  + field.minimum().map(FieldText::number).orElse("")
                  + " to "
                  + field.maximum().map(FieldText::number).orElse("");
      case TEXTS -> distinct(field, "texts");
      case BOOLEANS -> distinct(field, "booleans");
      case MIXED -> distinct(field, "values, numbers and texts");
    };
  }

  private static String distinct(FieldProfile field, String what) {
    ValueCounts values = field.values();
    String count = (values.complete() ? "" : "more than ") + Figures.count(values.distinct());
    String shown =
        values.counts().keySet().stream()
            .limit(MOST_SHOWN)
            .map(FieldText::shortened)
            .collect(Collectors.joining(", "));
    return count + " " + what + ": " + shown + (values.distinct() > MOST_SHOWN ? ", …" : "");
  }

  private static String shortened(String value) {
    String line = value.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN - 1) + "…";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
