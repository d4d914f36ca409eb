package dev.bench.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;
import org.w3c.dom.Document;

/**
 * Draws charts as SVG that follows the page it stands in: its colours are the page's variables, so that light, dark and
 * print need no second picture.
 */
final class Svg {
    static final int WIDTH = 760;
    static final Color INK = new Color(11, 22, 33);
    static final Color GRID = new Color(12, 23, 34);
    static final Color NONE = new Color(0, 0, 0, 0);
    static final Font FONT = new TableFont(Font.PLAIN, 12);

    private static final int SERIES_RED = 77;
    private static final int SERIES_GREEN = 88;
    private static final int PALETTE = 8;
    private static final Pattern COLOUR = Pattern.compile("rgb\\((\\d+),\\s*(\\d+),\\s*(\\d+)\\)");
    private static final Pattern PROLOG = Pattern.compile("^.*?(?=<svg)", Pattern.DOTALL);
    private static final Pattern ROOT = Pattern.compile("<svg[^>]*>");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern LONG_DECIMAL = Pattern.compile("(?<=\\d)(\\.\\d{2})\\d+");
    /**
     * Attributes that the page sets, with their initial values, or that change nothing at this size; a third of the picture
     * otherwise.
     */
    private static final Pattern DEFAULTS =
            Pattern.compile(" (?:(?:font-family|color-interpolation|(?:color|image|shape|text)-rendering)=\"[^\"]*\""
                    + "|(?:fill-opacity|stroke-opacity|stroke-width)=\"1\""
                    + "|stroke-dashoffset=\"0\"|stroke-miterlimit=\"10\"|stroke-dasharray=\"none\""
                    + "|stroke-linejoin=\"miter\"|font-(?:weight|style)=\"normal\")");

    static {
        // The workaround lays text out by the JVM's own font manager, and draws it as outlines.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private Svg() {}

    /** Returns the colour that the page calls {@code --s0}, {@code --s1} and so on. */
    static Color series(int index) {
        return new Color(SERIES_RED, SERIES_GREEN, index % PALETTE);
    }

    /** Draws a chart. */
    static Picture draw(JFreeChart chart, int height, String title) {
        Document document = document();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment("");
        SVGGeneratorContext.GraphicContextDefaults defaults = new SVGGeneratorContext.GraphicContextDefaults();
        defaults.setFont(FONT);
        context.setGraphicContextDefaults(defaults);
        SVGGraphics2D graphics = new TableGraphics(context);
        chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
        StringWriter writer = new StringWriter();
        try {
            graphics.stream(writer, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Picture(adapt(writer.toString(), height, title));
    }

    private static String adapt(String svg, int height, String title) {
        String text = PROLOG.matcher(svg).replaceFirst("");
        text = ROOT.matcher(text)
                .replaceFirst(Matcher.quoteReplacement(String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" fill=\"var(--ink)\" stroke=\"var(--ink)\""
                                + " stroke-linecap=\"square\" stroke-miterlimit=\"10\" font-size=\"12\">",
                        WIDTH,
                        height,
                        escape(title))));
        text = text.replaceAll("<!--.*?-->", "");
        text = COLOUR.matcher(text).replaceAll(Svg::variable);
        // Identifiers are the page's, not the picture's: two pictures must not share one.
        String prefix = "c" + Integer.toHexString(text.hashCode()) + "-";
        text = text.replace(" id=\"", " id=\"" + prefix).replace("url(#", "url(#" + prefix);
        text = DEFAULTS.matcher(text).replaceAll("");
        text = LONG_DECIMAL.matcher(text).replaceAll("$1");
        return UNPRINTABLE.matcher(text.replaceAll(">\\s+<", "><").strip()).replaceAll("\ufffd");
    }

    private static String variable(MatchResult colour) {
        int red = Integer.parseInt(colour.group(1));
        int green = Integer.parseInt(colour.group(2));
        int blue = Integer.parseInt(colour.group(3));
        if (red == SERIES_RED && green == SERIES_GREEN) {
            return "var(--s" + blue + ")";
        }
        Color seen = new Color(red, green, blue);
        return seen.equals(INK) ? "var(--ink)" : seen.equals(GRID) ? "var(--grid)" : colour.group();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
