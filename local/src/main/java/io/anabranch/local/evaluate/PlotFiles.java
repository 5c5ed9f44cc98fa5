package io.anabranch.local.evaluate;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** {@code plot.svg} and {@code plot.png}: the learning curves. */
public final class PlotFiles {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Pixels of the image per unit of the drawing: sharp on dense screens. */
  private static final int SCALE = 2;

  private PlotFiles() {}

  /**
   * Draws the curves, over files that are there; nothing when there are no curves.
   *
   * @return whether there was something to draw
   */
  public static boolean write(EvaluationResult result, Path directory) throws IOException {
    LearningCurves curves = new LearningCurves(result);
    if (curves.height() == 0) {
      return false;
    }
    writeSvg(curves, directory.resolve("plot.svg"));
    writePng(curves, directory.resolve("plot.png"));
    return true;
  }

  private static void writeSvg(LearningCurves curves, Path file) throws IOException {
    SVGGraphics2D graphics = new SVGGraphics2D(document());
    curves.paint(graphics);
    Element root = graphics.getRoot();
    String width = Integer.toString(LearningCurves.WIDTH);
    String height = Integer.toString(curves.height());
    root.setAttribute("width", width);
    root.setAttribute("height", height);
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    try (Writer out = Files.newBufferedWriter(file)) {
      graphics.stream(root, out, true, false);
    }
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's own XML must be available", e);
    }
  }

  private static void writePng(LearningCurves curves, Path file) throws IOException {
    BufferedImage image =
        new BufferedImage(
            SCALE * LearningCurves.WIDTH, SCALE * curves.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(SCALE, SCALE);
    curves.paint(graphics);
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
