package dev.bench.chart;

import java.awt.BasicStroke;
import java.text.SimpleDateFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Draws a metric over time, a panel per target on one time axis, so that each target has a scale of its own. */
public final class TrendPlot {
    private static final int PANEL = 130;
    private static final int FRAME = 50;
    /** More points than this touch each other; the line alone is then easier to read and half the size. */
    private static final int MOST_DOTS = 90;
    /** A scale shows at least this much on either side of its middle, so that noise does not fill it. */
    private static final double LEAST_SPAN = 0.08;
    /** The least that a scale shows where all values are zero, in the metric's unit. */
    private static final double LEAST_VALUE = 1e-6;
    /** Room above the line for the panel's name, as a share of the scale. */
    private static final double NAME_SPACE = 0.22;

    private static final float BAND_ALPHA = 0.22f;
    private static final Duration LEAST_TIME = Duration.ofHours(1);
    private static final Duration DAYS_FROM = Duration.ofDays(4);

    private TrendPlot() {}

    /**
     * Holds a point of a line.
     *
     * @param at when
     * @param middle the median
     * @param low lower end of its interval
     * @param high upper end
     */
    public record Point(Instant at, double middle, double low, double high) {}

    /**
     * Marks a change of level.
     *
     * @param index of the first point at the new level
     * @param label what to write beside it
     */
    public record Mark(int index, String label) {}

    /**
     * Holds the line of a target.
     *
     * @param name name of the target
     * @param points oldest first; at least one
     * @param marks where its level changes, oldest first
     */
    public record Line(String name, List<Point> points, List<Mark> marks) {
        public Line {
            points = List.copyOf(points);
            marks = List.copyOf(marks);
        }
    }

    /** Loads what drawing takes, which is most of the time of the first plot; may run on a thread of its own. */
    public static void prepare() {
        draw("", "", List.of(new Line("", List.of(new Point(Instant.EPOCH, 0, 0, 0)), List.of(new Mark(0, "")))));
    }

    /** Draws the lines; the colours are variables of the page. */
    public static Picture draw(String title, String unit, List<Line> lines) {
        CombinedDomainXYPlot all = new CombinedDomainXYPlot(timeAxis(lines));
        all.setGap(14);
        Panel.style(all);
        for (int row = 0; row < lines.size(); row++) {
            all.add(panel(lines.get(row), unit, row));
        }
        return Panel.draw(all, FRAME + PANEL * lines.size(), title, false);
    }

    private static XYPlot panel(Line line, String unit, int row) {
        XYIntervalSeries series = new XYIntervalSeries(line.name(), false, true);
        for (Point point : line.points()) {
            double at = point.at().toEpochMilli();
            series.add(at, at, at, point.middle(), point.low(), point.high());
        }
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(series);
        boolean dots = line.points().size() <= MOST_DOTS;
        DeviationRenderer renderer = new DeviationRenderer(true, dots);
        renderer.setAlpha(BAND_ALPHA);
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setSeriesPaint(0, Svg.series(row));
        renderer.setSeriesFillPaint(0, Svg.series(row));
        renderer.setSeriesShape(0, Panel.dot());
        renderer.setSeriesStroke(0, new BasicStroke(dots ? 1.5f : 1.2f));
        NumberAxis values = new NumberAxis(unit);
        values.setAutoRangeIncludesZero(false);
        values.setRange(range(line.points()));
        Panel.style(values);
        XYPlot plot = new XYPlot(data, null, values, renderer);
        Panel.style(plot);
        name(plot, line.name());
        line.marks().forEach(mark -> mark(plot, line, mark));
        return plot;
    }

    private static void name(XYPlot plot, String name) {
        TextTitle title = new TextTitle(name, Svg.FONT);
        title.setPaint(Svg.INK);
        plot.addAnnotation(new XYTitleAnnotation(0.005, 1, title, RectangleAnchor.TOP_LEFT));
    }

    /** Marks a change by a dashed line. */
    private static void mark(XYPlot plot, Line line, Mark mark) {
        double at = line.points().get(mark.index()).at().toEpochMilli();
        ValueMarker marker = new ValueMarker(at);
        marker.setPaint(Svg.INK);
        marker.setStroke(
                new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4, 4}, 0f));
        marker.setAlpha(1);
        marker.setLabel(mark.label());
        marker.setLabelFont(Svg.FONT);
        marker.setLabelPaint(Svg.INK);
        marker.setLabelBackgroundColor(Svg.NONE);
        boolean late = mark.index() > line.points().size() * 3 / 4;
        marker.setLabelAnchor(late ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
        marker.setLabelTextAnchor(late ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
        plot.addDomainMarker(marker);
    }

    private static Range range(List<Point> points) {
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        for (Point point : points) {
            low = Math.min(low, point.low());
            high = Math.max(high, point.high());
        }
        double middle = (low + high) / 2;
        double least = Math.max(Math.abs(middle) * LEAST_SPAN, LEAST_VALUE);
        low = Math.min(low, middle - least);
        high = Math.max(high, middle + least);
        double room = (high - low) * 0.05;
        return new Range(low - room, high + room + (high - low) * NAME_SPACE);
    }

    private static DateAxis timeAxis(List<Line> lines) {
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (Line line : lines) {
            for (Point point : line.points()) {
                first = point.at().isBefore(first) ? point.at() : first;
                last = point.at().isAfter(last) ? point.at() : last;
            }
        }
        Duration span = Duration.between(first, last);
        SimpleDateFormat format =
                new SimpleDateFormat(span.compareTo(DAYS_FROM) > 0 ? "yyyy-MM-dd" : "MM-dd HH:mm", Locale.ROOT);
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        DateAxis axis = new DateAxis(null, TimeZone.getTimeZone("UTC"), Locale.ROOT);
        axis.setDateFormatOverride(format);
        axis.setAutoRangeMinimumSize(LEAST_TIME.toMillis());
        Panel.style(axis);
        return axis;
    }
}
