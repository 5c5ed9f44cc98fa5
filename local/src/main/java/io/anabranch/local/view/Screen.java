package io.anabranch.local.view;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Shows the status again and again: in place on a terminal, else as a line now and then. */
public final class Screen {
  private static final String CLEAR_LINE = "\u001b[K";
  // A line wider than the window would wrap and spoil the count of lines: it is cut instead.
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";
  private static final int PLAIN_SECONDS = 5;

  private final PrintWriter out;
  private final boolean terminal;
  private int drawn;
  private long lastPlainSeconds = -PLAIN_SECONDS;
  private Optional<Outage> outage = Optional.empty();

  /**
   * Writes to {@code out}.
   *
   * @param terminal whether that understands ANSI sequences
   */
  public Screen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether standard output is a terminal that can redraw. */
  @SuppressWarnings("SystemConsoleNull") // answered by consoleIsTerminal
  public static boolean isTerminal() {
    String kind = System.getenv("TERM");
    Console console = System.console();
    return console != null && consoleIsTerminal(console) && kind != null && !kind.equals("dumb");
  }

  /** From Java 22 on there is always a console, which knows whether it is a terminal. */
  private static boolean consoleIsTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Console.isTerminal() cannot be called", e);
    }
  }

  /** Shows a status. */
  public void show(Status status) {
    if (terminal) {
      draw(StatusText.block(status));
    } else {
      showPlain(status);
    }
  }

  /** A line that says something new of Kafka doesn't wait for its turn. */
  private void showPlain(Status status) {
    boolean changed = status.outage().isPresent() != outage.isPresent();
    if (changed) {
      outage.ifPresent(ended -> out.println(ended.over()));
    }
    outage = status.outage();
    if (changed || status.elapsed().toSeconds() - lastPlainSeconds >= PLAIN_SECONDS) {
      lastPlainSeconds = status.elapsed().toSeconds();
      out.println(StatusText.line(status));
      out.flush();
    }
  }

  private void draw(List<String> lines) {
    StringBuilder block = new StringBuilder(WRAP_OFF);
    if (drawn > 0) {
      block.append("\u001b[").append(drawn).append("A\r");
    }
    for (String line : lines) {
      block.append(line).append(CLEAR_LINE).append('\n');
    }
    // The block before may have been longer.
    for (int i = lines.size(); i < drawn; i++) {
      block.append(CLEAR_LINE).append('\n');
    }
    drawn = Math.max(drawn, lines.size());
    out.print(block.append(WRAP_ON));
    out.flush();
  }

  /** Leaves what was drawn last where it is, and writes below it. */
  public void print(List<String> lines) {
    drawn = 0;
    if (terminal) {
      out.print("\r" + CLEAR_LINE); // over the ^C that the terminal itself has written
    }
    lines.forEach(out::println);
    out.flush();
  }
}
