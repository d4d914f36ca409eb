package dev.bench.chart;

import java.awt.BasicStroke;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Shows the parts of one launch. */
public final class WaterfallPlot {
    private WaterfallPlot() {}

    /**
     * Holds a part of a bar.
     *
     * @param name name of the part
     * @param from where it begins
     * @param to where it ends
     */
    public record Segment(String name, double from, double to) {}

    /** Draws the parts of one launch, one below the other, on a linear axis. */
    public static Picture draw(String title, String axis, List<Segment> segments) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        double end = segments.stream().mapToDouble(Segment::to).max().orElse(1);
        for (int row = 0; row < segments.size(); row++) {
            int position = segments.size() - 1 - row;
            XYSeries series = new XYSeries(segments.get(row).name(), false, true);
            series.add(segments.get(row).from(), position);
            series.add(segments.get(row).to(), position);
            data.addSeries(series);
            Panel.style(renderer, row, Panel.dot());
            renderer.setSeriesStroke(row, new BasicStroke(14f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        }
        String[] names = new String[segments.size()];
        for (int row = 0; row < segments.size(); row++) {
            names[segments.size() - 1 - row] = segments.get(row).name();
        }
        NumberAxis time = Panel.numberAxis(axis);
        time.setRange(0, end * 1.15);
        XYPlot plot = Panel.plot(data, time, Panel.rowAxis(names), renderer);
        for (int row = 0; row < segments.size(); row++) {
            Segment segment = segments.get(row);
            XYTextAnnotation label = new XYTextAnnotation(
                    " " + rounded(segment.to() - segment.from()), segment.to(), segments.size() - 1 - row);
            label.setTextAnchor(TextAnchor.CENTER_LEFT);
            label.setFont(Svg.FONT);
            label.setPaint(Svg.INK);
            plot.addAnnotation(label);
        }
        return Panel.draw(plot, Panel.FRAME + 30 * segments.size(), title, false);
    }

    private static String rounded(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.1f", value);
    }
}
