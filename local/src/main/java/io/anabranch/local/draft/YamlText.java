package io.anabranch.local.draft;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Texts as they have to stand in a pipeline file to be read as they are. */
final class YamlText {
  /** Names that need no quotes anywhere: no number, no boolean, no null begins so. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

  private static final List<String> WORDS =
      List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private static final Dump DUMP =
      new Dump(
          DumpSettings.builder()
              .setDefaultFlowStyle(FlowStyle.FLOW)
              .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
              .setSplitLines(false)
              .build());

  private YamlText() {}

  /** A text, quoted where it must be; what looks like a substitution stays what it is. */
  static String of(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))) {
      return text;
    }
    return DUMP.dumpToString(text.replace("${", "$${")).strip();
  }

  /** A list in brackets. */
  static String of(Collection<String> texts) {
    return texts.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A text in a comment: control characters would end it. */
  static String comment(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
