package io.anabranch.job.pipeline;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of documentation with parts that follow from the code, each between {@code <!-- generated:
 * NAME -->} and {@code <!-- /generated -->}.
 */
final class GeneratedPage {
  private static final String END = "<!-- /generated -->";

  private String text;

  GeneratedPage(String text) {
    this.text = text;
  }

  /** Puts a part where its markers are; a new one is appended with its markers and a heading. */
  GeneratedPage with(String name, String part) {
    String begin = "<!-- generated: " + name + " -->";
    String block = begin + "\n\n" + part.strip() + "\n\n" + END;
    Matcher matcher =
        Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(END), Pattern.DOTALL)
            .matcher(text);
    text =
        matcher.find()
            ? matcher.replaceFirst(Matcher.quoteReplacement(block))
            : text.stripTrailing() + "\n\n## " + name + "\n\n" + block + "\n";
    return this;
  }

  String text() {
    return text;
  }
}
