package io.anabranch.operators.evaluation;

import io.anabranch.models.data.Target;
import io.anabranch.models.metrics.PrequentialSketch;
import io.anabranch.operators.record.InputCounts;
import io.anabranch.operators.record.MetricsChunk;
import io.anabranch.operators.record.MetricsReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;

/** All that was counted and scored of one learner: from the beginning, and in this window. */
public final class Tally {
  /** The layout of {@link #write}. */
  static final int FORMAT = 3;

  /** The layout before drifts were counted. */
  private static final int WITHOUT_DRIFTS = 2;

  /** The layout before examples could be held out. */
  private static final int WITHOUT_HOLDOUT = 1;

  /** What the names of figures of held-out examples begin with. */
  private static final String HOLDOUT = "holdout";

  private final PrequentialSketch cumulative;
  private final PrequentialSketch window;
  private final PrequentialSketch holdout;
  private long learned;
  private long learnedInWindow;
  private InputCounts input = InputCounts.NONE;
  // Of lately, and known again soon after a restart: no part of the state.
  private final KeyShares keys = new KeyShares();
  private long drifts = MetricsChunk.UNWATCHED;
  // Set when made and when restored: whoever starts gets to know where things stand.
  private boolean changed = true;

  /** Nothing yet. */
  public Tally(Target target) {
    this(
        new PrequentialSketch(target),
        new PrequentialSketch(target),
        new PrequentialSketch(target));
  }

  private Tally(PrequentialSketch cumulative, PrequentialSketch window, PrequentialSketch holdout) {
    this.cumulative = cumulative;
    this.window = window;
    this.holdout = holdout;
  }

  /** Adds what was counted and scored since the last chunk. */
  public void add(MetricsChunk chunk) {
    learned += chunk.learned();
    learnedInWindow += chunk.learned();
    input = input.plus(chunk.input());
    if (!chunk.sketch().isEmpty()) {
      cumulative.merge(chunk.sketch());
      window.merge(chunk.sketch());
    }
    if (!chunk.holdout().isEmpty()) {
      holdout.merge(chunk.holdout());
    }
    keys.add(chunk.keys());
    if (chunk.drifts() != MetricsChunk.UNWATCHED) {
      drifts = Math.max(0, drifts) + chunk.drifts();
    }
    changed = true;
  }

  /** Whether so many predictions were scored since the last window was closed. */
  public boolean holdsWindow(int length) {
    return window.scored() >= length;
  }

  /** Reports this window and begins the next. */
  public MetricsReport closeWindow(String learner, int length, long time) {
    MetricsReport report =
        new MetricsReport(
            learner,
            length,
            time,
            learnedInWindow,
            window.scored(),
            InputCounts.NONE,
            window.figures());
    window.clear();
    learnedInWindow = 0;
    return report;
  }

  /** Whether something came since the last cumulative report. */
  boolean changed() {
    return changed;
  }

  /** Reports all since the beginning. */
  public MetricsReport cumulative(String learner, long time) {
    changed = false;
    SortedMap<String, Double> figures = cumulative.figures();
    if (!holdout.isEmpty()) {
      figures.put(MetricsReport.HOLDOUT_SCORED, (double) holdout.scored());
      holdout
          .figures()
          .forEach(
              (name, value) ->
                  figures.put(
                      HOLDOUT + Character.toUpperCase(name.charAt(0)) + name.substring(1), value));
    }
    if (drifts != MetricsChunk.UNWATCHED) {
      figures.put(MetricsReport.DRIFTS, (double) drifts);
    }
    return new MetricsReport(
        learner, 0, time, learned, cumulative.scored(), input, figures, keys.shares());
  }

  byte[] write() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(learned);
      out.writeLong(learnedInWindow);
      out.writeLong(input.records());
      out.writeLong(input.deadLetters());
      out.writeLong(input.unlabelled());
      cumulative.write(out);
      window.write(out);
      holdout.write(out);
      out.writeLong(drifts);
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException with the reason, when the bytes are damaged or of another
   *     format
   */
  static Tally read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT && format != WITHOUT_DRIFTS && format != WITHOUT_HOLDOUT) {
        throw new IllegalArgumentException(
            "evaluation state has format " + format + ", this build reads " + FORMAT);
      }
      long learned = in.readLong();
      long learnedInWindow = in.readLong();
      InputCounts input = new InputCounts(in.readLong(), in.readLong(), in.readLong());
      PrequentialSketch cumulative = PrequentialSketch.read(in);
      PrequentialSketch window = PrequentialSketch.read(in);
      Tally tally =
          new Tally(
              cumulative,
              window,
              format == WITHOUT_HOLDOUT ? cumulative.empty() : PrequentialSketch.read(in));
      if (format == FORMAT) {
        tally.drifts = in.readLong();
      }
      if (in.available() > 0) {
        throw new IllegalArgumentException(
            "evaluation state has " + in.available() + " bytes too many");
      }
      tally.learned = learned;
      tally.learnedInWindow = learnedInWindow;
      tally.input = input;
      return tally;
    } catch (EOFException e) {
      throw new IllegalArgumentException(
          "evaluation state of " + bytes.length + " bytes ends too early", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("evaluation state cannot be read: " + e.getMessage(), e);
    }
  }
}
