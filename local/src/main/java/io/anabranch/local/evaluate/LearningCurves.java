package io.anabranch.local.evaluate;

import io.anabranch.local.view.Figures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The learning curves of an evaluation: two panels, one above the other, with one legend. */
final class LearningCurves {
  static final int WIDTH = 1_100;
  private static final int PANEL = 380;

  /** Distinct also for most who do not see red and green (Wong, Nature Methods 8:441, 2011). */
  private static final Color[] COLORS = {
    new Color(0, 114, 178),
    new Color(213, 94, 0),
    new Color(0, 158, 115),
    new Color(204, 121, 167),
    new Color(230, 159, 0),
    new Color(86, 180, 233),
    new Color(128, 60, 160)
  };

  private static final Color[] BASELINES = {
    new Color(60, 60, 60), new Color(140, 140, 140), new Color(180, 180, 180)
  };

  private static final float[] DASHES = {7, 4};

  /** A point so many times as far up as the middle one would flatten all others. */
  private static final double OUTLYING = 4;

  private final EvaluationResult result;
  private final List<XYChart> panels = new ArrayList<>();

  LearningCurves(EvaluationResult result) {
    this.result = result;
    String points =
        "each point: the last %s examples, predicted before they were learned"
            .formatted(Figures.count(result.window()));
    switch (result.target()) {
      case BINARY, MULTICLASS -> {
        add("accuracy", "Accuracy", result.name() + " — " + points);
        add("logLoss", "Log loss (less is better)", "");
      }
      case NUMERIC -> {
        add("mae", "Mean absolute error", result.name() + " — " + points);
        add("rmse", "Root mean squared error", "");
      }
      case NONE -> throw new IllegalArgumentException("without a target there are no curves");
    }
  }

  /** The height that all panels need. */
  int height() {
    return panels.size() * PANEL;
  }

  void paint(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, height());
    for (int i = 0; i < panels.size(); i++) {
      Graphics2D panel = (Graphics2D) graphics.create(0, i * PANEL, WIDTH, PANEL);
      panels.get(i).paint(panel, WIDTH, PANEL);
      panel.dispose();
    }
  }

  private void add(String figure, String title, String heading) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(PANEL)
            .title(heading)
            .xAxisTitle("examples learned")
            .yAxisTitle(title)
            .build();
    style(chart.getStyler());
    List<Double> all = new ArrayList<>();
    int learner = 0;
    int baseline = 0;
    for (LearnerFigures figures : result.learners()) {
      Color color =
          figures.baseline()
              ? BASELINES[baseline++ % BASELINES.length]
              : COLORS[learner++ % COLORS.length];
      if (!figures.curve().isEmpty()) {
        draw(chart, figures, points(figures, figure), color, all);
      }
    }
    if (!all.isEmpty()) {
      bound(chart, all);
      panels.add(chart);
    }
  }

  private void draw(
      XYChart chart, LearnerFigures learner, List<Double> figures, Color color, List<Double> all) {
    List<Double> examples = new ArrayList<>();
    double count = 0;
    for (LearnerFigures.Window window : learner.curve()) {
      count += window.scored();
      examples.add(count);
    }
    XYSeries series = chart.addSeries(learner.id(), examples, figures);
    series.setLineColor(color);
    series.setLineStyle(
        learner.baseline()
            ? new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0)
            : new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    // A line of one point is nothing; a marker is.
    series.setMarker(figures.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    series.setMarkerColor(color);
    List<Double> defined = figures.stream().filter(Double::isFinite).toList();
    series.setShowInLegend(!defined.isEmpty());
    all.addAll(defined);
  }

  /** The figure of each window; NaN, which interrupts the line, where it is undefined. */
  private static List<Double> points(LearnerFigures learner, String figure) {
    return learner.curve().stream()
        .map(window -> window.figures().getOrDefault(figure, Double.NaN))
        .toList();
  }

  private static void style(XYStyler styler) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderColor(new Color(200, 200, 200));
    styler.setPlotGridLinesColor(new Color(225, 225, 225));
    styler.setChartTitleFont(font.deriveFont(15f));
    styler.setChartTitlePadding(12);
    styler.setAxisTitleFont(font);
    styler.setAxisTickLabelsFont(font.deriveFont(12f));
    styler.setLegendFont(font);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendSeriesLineLength(28);
    styler.setChartPadding(18);
    styler.setPlotMargin(0);
    styler.setXAxisMin(0.0);
    styler.setLocale(Locale.ROOT);
    styler.setXAxisDecimalPattern("#,##0");
    styler.setYAxisLeftWidthHint(70);
  }

  /** Cuts off what would flatten everything else, and says so. */
  private static void bound(XYChart chart, List<Double> all) {
    double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double most = OUTLYING * sorted[sorted.length / 2];
    if (sorted[0] >= 0 && most > 0 && sorted[sorted.length - 1] > most) {
      chart.getStyler().setYAxisMax(most);
      chart.setYAxisTitle(chart.getYAxisTitle() + ", higher ones cut off");
    }
  }
}
