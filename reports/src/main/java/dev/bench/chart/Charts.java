package dev.bench.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Draws the plots of a report. Each method returns an SVG element, whose colours are variables of the page. */
public final class Charts {
    private static final float LINE = 2f;
    private static final double POINT = 5;
    private static final double LOG_FROM = 6;
    private static final int ROW = 44;
    /** The end of a percentile axis: 99.99 % is the fourth nine, what is beyond stands at the end. */
    private static final double MOST_NINES = 5;

    private static final int FRAME = 70;

    private Charts() {}

    /**
     * Holds the values of one line of a plot.
     *
     * @param name name for the legend
     * @param x horizontal values
     * @param y vertical values, as many
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Values(String name, double[] x, double[] y) {
        /** Spreads values over a row of {@link Charts#points}; golden-ratio steps part neighbours without chance. */
        public static Values row(String name, double[] values) {
            double[] spread = new double[values.length];
            for (int i = 0; i < spread.length; i++) {
                spread[i] = (i * 0.618034 % 1 - 0.5) * 0.5;
            }
            return new Values(name, values, spread);
        }

        /** Makes a line of {@link Charts#cumulative} from values sorted upwards, with at most so many steps. */
        public static Values distribution(String name, double[] sorted, int steps) {
            int count = Math.min(sorted.length, steps);
            double[] x = new double[count];
            double[] y = new double[count];
            for (int i = 0; i < count; i++) {
                int index = (int) ((i + 1L) * sorted.length / count) - 1;
                x[i] = sorted[index];
                y[i] = (index + 1) / (double) sorted.length;
            }
            return new Values(name, x, y);
        }
    }

    /** Returns a systematic sample of values, at most so many: more points than pixels only make a file large. */
    public static double[] thin(double[] values, int most) {
        int step = Math.max(1, (int) Math.ceil(values.length / (double) most));
        double[] shown = new double[(values.length + step - 1) / step];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = values[i * step];
        }
        return shown;
    }

    /**
     * Is a line whose points may be no results.
     *
     * @param values the points
     * @param hollow whether each point is no result; none where the list is shorter
     */
    public record Curve(Values values, List<Boolean> hollow) {
        public Curve {
            hollow = List.copyOf(hollow);
        }

        boolean isHollow(int point) {
            return point < hollow.size() && hollow.get(point);
        }
    }

    /**
     * Is an estimate with its interval.
     *
     * @param name name of the row
     * @param low lower end
     * @param middle estimate
     * @param high upper end
     */
    public record Estimate(String name, double low, double middle, double high) {}

    /**
     * Is a part of a bar.
     *
     * @param name name of the part
     * @param from where it begins
     * @param to where it ends
     */
    public record Segment(String name, double from, double to) {}

    /** Draws every value as a point in its target's row; {@code y} is taken as the spread within the row, -0.3 to 0.3. */
    public static String points(String title, String axis, List<Values> rows) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        for (int row = 0; row < rows.size(); row++) {
            XYSeries series = new XYSeries(rows.get(row).name(), false, true);
            for (int i = 0; i < rows.get(row).x().length; i++) {
                series.add(rows.get(row).x()[i], row + rows.get(row).y()[i]);
            }
            data.addSeries(series);
            style(renderer, row, dot());
        }
        String[] names = rows.stream().map(Values::name).toArray(String[]::new);
        XYPlot plot = plot(data, valueAxis(axis, rows), rowAxis(names), renderer);
        return draw(plot, FRAME + ROW * rows.size(), title, false);
    }

    /** Draws ratios with their intervals on a logarithmic axis, with a line at 1 and the margin beside it. */
    public static String forest(String title, String axis, List<Estimate> rows, double margin) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        double low = 1 / (1 + margin);
        double high = 1 + margin;
        for (int row = 0; row < rows.size(); row++) {
            XYSeries series = new XYSeries(rows.get(row).name(), false, true);
            series.add(rows.get(row).middle(), row);
            data.addSeries(series);
            style(renderer, row, new Rectangle2D.Double(-POINT, -POINT, 2 * POINT, 2 * POINT));
            low = Math.min(low, rows.get(row).low());
            high = Math.max(high, rows.get(row).high());
        }
        LogAxis ratios = new PlainLogAxis(axis);
        ratios.setRange(low / 1.25, high * 1.25);
        logTicks(ratios);
        String[] names = rows.stream().map(Estimate::name).toArray(String[]::new);
        XYPlot plot = plot(data, ratios, rowAxis(names), renderer);
        double top = rows.size() - 0.5;
        plot.addAnnotation(new XYLineAnnotation(1, -0.5, 1, top, new BasicStroke(1.5f), Svg.INK));
        Stroke dashed = new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4, 4}, 0f);
        plot.addAnnotation(new XYLineAnnotation(1 + margin, -0.5, 1 + margin, top, dashed, Svg.INK));
        plot.addAnnotation(new XYLineAnnotation(1 / (1 + margin), -0.5, 1 / (1 + margin), top, dashed, Svg.INK));
        for (int row = 0; row < rows.size(); row++) {
            Estimate estimate = rows.get(row);
            plot.addAnnotation(new XYLineAnnotation(
                    estimate.low(), row, estimate.high(), row, new BasicStroke(LINE + 1), Svg.series(row)));
        }
        return draw(plot, FRAME + ROW * rows.size(), title, false);
    }

    /** Draws the share of values at or below each value, a step line per target. */
    public static String cumulative(String title, String axis, List<Values> lines) {
        XYSeriesCollection data = collect(lines);
        XYStepRenderer renderer = new XYStepRenderer();
        for (int i = 0; i < lines.size(); i++) {
            style(renderer, i, dot());
            renderer.setSeriesShapesVisible(i, false);
        }
        NumberAxis share = numberAxis("share");
        share.setRange(0, 1.02);
        return draw(plot(data, valueAxis(axis, lines), share, renderer), 320, title, true);
    }

    /** Draws values in the order in which they were measured. */
    public static String overTime(String title, String axis, List<Values> lines) {
        XYSeriesCollection data = collect(lines);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        renderer.setDrawSeriesLineAsPath(true);
        for (int i = 0; i < lines.size(); i++) {
            style(renderer, i, dot());
        }
        NumberAxis order = numberAxis("block");
        order.setAutoRangeIncludesZero(false);
        order.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        List<Values> swapped = lines.stream()
                .map(line -> new Values(line.name(), line.y(), line.x()))
                .toList();
        return draw(plot(data, order, valueAxis(axis, swapped), renderer), 340, title, true);
    }

    /** Draws a line per target over a whole number from 0 up; points that are no result are hollow and on no line. */
    public static String curves(String title, String horizontal, String vertical, List<Curve> curves) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        for (int i = 0; i < curves.size(); i++) {
            add(data, renderer, curves.get(i), i, false);
        }
        for (int i = 0; i < curves.size(); i++) {
            if (curves.get(i).hollow().contains(true)) {
                add(data, renderer, curves.get(i), i, true);
            }
        }
        NumberAxis numbers = numberAxis(horizontal);
        numbers.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        List<Values> swapped = curves.stream()
                .map(Curve::values)
                .map(line -> new Values(line.name(), line.y(), line.x()))
                .toList();
        return draw(plot(data, numbers, valueAxis(vertical, swapped), renderer), 340, title, true);
    }

    private static void add(
            XYSeriesCollection data, XYLineAndShapeRenderer renderer, Curve curve, int colour, boolean hollow) {
        Values values = curve.values();
        XYSeries series = new XYSeries(values.name() + (hollow ? ", no result" : ""), false, true);
        for (int i = 0; i < values.x().length; i++) {
            if (curve.isHollow(i) == hollow) {
                series.add(values.x()[i], values.y()[i]);
            }
        }
        int index = data.getSeriesCount();
        data.addSeries(series);
        style(renderer, index, dot());
        renderer.setSeriesPaint(index, Svg.series(colour));
        renderer.setSeriesShapesFilled(index, !hollow);
        renderer.setSeriesLinesVisible(index, !hollow);
    }

    /**
     * Draws latency distributions; each unit of the horizontal axis leaves out nine tenths of what remains.
     *
     * @param lines percentiles, 0 to 100, and values; the hundredth stands at the end of the axis
     */
    public static String percentiles(String title, String axis, List<Values> lines) {
        List<Values> shown = lines.stream()
                .map(line -> new Values(
                        line.name(), Arrays.stream(line.x()).map(Charts::nines).toArray(), line.y()))
                .toList();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        for (int i = 0; i < shown.size(); i++) {
            style(renderer, i, dot());
        }
        NumberAxis percentile = numberAxis("percentile");
        percentile.setRange(0, MOST_NINES);
        percentile.setTickUnit(new NumberTickUnit(1) {
            private static final long serialVersionUID = 1L;

            @Override
            public String valueToString(double nines) {
                return nines >= MOST_NINES
                        ? "100 %"
                        : String.format(Locale.ROOT, "%.6g", 100 * (1 - Math.pow(10, -nines)))
                                        .replaceAll("0+$", "")
                                        .replaceAll("\\.$", "")
                                + " %";
            }
        });
        List<Values> swapped = shown.stream()
                .map(line -> new Values(line.name(), line.y(), line.x()))
                .toList();
        return draw(plot(collect(shown), percentile, valueAxis(axis, swapped), renderer), 340, title, true);
    }

    private static double nines(double percentile) {
        return percentile >= 100 ? MOST_NINES : Math.min(MOST_NINES, -Math.log10(1 - percentile / 100));
    }

    /** Draws the parts of one launch, one below the other, on a linear axis. */
    public static String waterfall(String title, String axis, List<Segment> segments) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        double end = segments.stream().mapToDouble(Segment::to).max().orElse(1);
        for (int row = 0; row < segments.size(); row++) {
            int position = segments.size() - 1 - row;
            XYSeries series = new XYSeries(segments.get(row).name(), false, true);
            series.add(segments.get(row).from(), position);
            series.add(segments.get(row).to(), position);
            data.addSeries(series);
            style(renderer, row, dot());
            renderer.setSeriesStroke(row, new BasicStroke(14f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        }
        String[] names = new String[segments.size()];
        for (int row = 0; row < segments.size(); row++) {
            names[segments.size() - 1 - row] = segments.get(row).name();
        }
        NumberAxis time = numberAxis(axis);
        time.setRange(0, end * 1.15);
        XYPlot plot = plot(data, time, rowAxis(names), renderer);
        for (int row = 0; row < segments.size(); row++) {
            Segment segment = segments.get(row);
            XYTextAnnotation label = new XYTextAnnotation(
                    " " + rounded(segment.to() - segment.from()), segment.to(), segments.size() - 1 - row);
            label.setTextAnchor(TextAnchor.CENTER_LEFT);
            label.setFont(Svg.FONT);
            label.setPaint(Svg.INK);
            plot.addAnnotation(label);
        }
        return draw(plot, FRAME + 30 * segments.size(), title, false);
    }

    /**
     * Is a line with a band around it.
     *
     * @param intercept its height at 0
     * @param slope its slope
     * @param low lower end of the slope's interval
     * @param high upper end of the slope's interval
     */
    public record Line(double intercept, double slope, double low, double high) {}

    /** Draws points with the line fitted to them and the band of its slope. */
    public static String fitted(String title, String axis, String valueAxis, Values points, Line line) {
        XYSeriesCollection data = collect(List.of(points));
        XYLineAndShapeRenderer dots = new XYLineAndShapeRenderer(false, true);
        style(dots, 0, dot());
        YIntervalSeries band = new YIntervalSeries(points.name() + ", fitted");
        double end = Arrays.stream(points.x()).max().orElse(1);
        for (double x : new double[] {0, end}) {
            band.add(
                    x,
                    line.intercept() + line.slope() * x,
                    line.intercept() + line.low() * x,
                    line.intercept() + line.high() * x);
        }
        YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
        bands.addSeries(band);
        DeviationRenderer renderer = new DeviationRenderer(true, false);
        style(renderer, 0, dot());
        renderer.setSeriesFillPaint(0, Svg.series(0));
        renderer.setAlpha(0.25f);
        NumberAxis horizontal = numberAxis(axis);
        horizontal.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        XYPlot plot = plot(data, horizontal, numberAxis(valueAxis), dots);
        plot.setDataset(1, bands);
        plot.setRenderer(1, renderer);
        return draw(plot, 280, title, false);
    }

    /**
     * Is a layer of stacked bars.
     *
     * @param name name for the legend
     * @param values one for every bar
     * @param role how it is drawn
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Layer(String name, double[] values, Role role) {
        /** Says what a layer is to the bar. */
        public enum Role {
            /** One of its parts, in a colour of its own. */
            PART,
            /** What the parts leave, in the colour of the text. */
            REST,
            /** Something beside the bar, in the colour of the grid. */
            BESIDE
        }
    }

    /** Draws one bar per name, divided into layers. */
    public static String stacked(String title, String axis, List<String> names, List<Layer> layers) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        StackedBarRenderer renderer = new StackedBarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setMaximumBarWidth(0.25);
        for (int series = 0; series < layers.size(); series++) {
            Layer layer = layers.get(series);
            for (int i = 0; i < names.size(); i++) {
                data.addValue(layer.values()[i], layer.name(), names.get(i));
            }
            renderer.setSeriesPaint(
                    series,
                    switch (layer.role()) {
                        case PART -> Svg.series(series);
                        case REST -> Svg.INK;
                        case BESIDE -> Svg.GRID;
                    });
        }
        CategoryAxis categories = new CategoryAxis();
        categories.setTickLabelFont(Svg.FONT);
        categories.setTickLabelPaint(Svg.INK);
        categories.setAxisLinePaint(Svg.GRID);
        CategoryPlot plot = new CategoryPlot(data, categories, numberAxis(axis), renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setBackgroundPaint(Svg.NONE);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(Svg.GRID);
        return draw(plot, FRAME + 50 + ROW * names.size(), title, true);
    }

    private static String rounded(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private static XYSeriesCollection collect(List<Values> lines) {
        XYSeriesCollection data = new XYSeriesCollection();
        for (Values line : lines) {
            XYSeries series = new XYSeries(line.name(), false, true);
            for (int i = 0; i < line.x().length; i++) {
                series.add(line.x()[i], line.y()[i]);
            }
            data.addSeries(series);
        }
        return data;
    }

    static Shape dot() {
        return new Ellipse2D.Double(-POINT / 2, -POINT / 2, POINT, POINT);
    }

    private static void style(XYLineAndShapeRenderer renderer, int series, Shape shape) {
        renderer.setSeriesPaint(series, Svg.series(series));
        renderer.setSeriesShape(series, shape);
        renderer.setSeriesStroke(series, new BasicStroke(LINE));
        renderer.setUseOutlinePaint(false);
    }

    /** Chooses a logarithmic axis where the values span more than a decade or so. */
    private static ValueAxis valueAxis(String label, List<Values> rows) {
        double low = Double.MAX_VALUE;
        double high = 0;
        for (Values row : rows) {
            for (double value : row.x()) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (low > 0 && high / low > LOG_FROM) {
            LogAxis axis = new PlainLogAxis(label + " (logarithmic)");
            axis.setRange(low / 1.3, high * 1.3);
            logTicks(axis);
            return axis;
        }
        return numberAxis(label);
    }

    private static void logTicks(LogAxis axis) {
        axis.setBase(10);
        axis.setNumberFormatOverride(new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        double span = axis.getUpperBound() / axis.getLowerBound();
        axis.setTickUnit(new NumberTickUnit(span > 20 ? 1 : Math.log10(span) / 4));
        style(axis);
    }

    private static NumberAxis numberAxis(String label) {
        NumberAxis axis = new NumberAxis(label);
        style(axis);
        return axis;
    }

    private static ValueAxis rowAxis(String[] names) {
        SymbolAxis axis = new SymbolAxis("", names);
        axis.setGridBandsVisible(false);
        axis.setRange(-0.5, names.length - 0.5);
        style(axis);
        return axis;
    }

    static void style(ValueAxis axis) {
        axis.setLabelFont(Svg.FONT);
        axis.setTickLabelFont(Svg.FONT);
        axis.setLabelPaint(Svg.INK);
        axis.setTickLabelPaint(Svg.INK);
        axis.setAxisLinePaint(Svg.GRID);
        axis.setTickMarkPaint(Svg.GRID);
    }

    private static XYPlot plot(
            XYSeriesCollection data, ValueAxis horizontal, ValueAxis vertical, XYLineAndShapeRenderer renderer) {
        XYPlot plot = new XYPlot(data, horizontal, vertical, renderer);
        style(plot);
        return plot;
    }

    static void style(XYPlot plot) {
        plot.setBackgroundPaint(Svg.NONE);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Svg.GRID);
        plot.setRangeGridlinePaint(Svg.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(0.7f));
        plot.setRangeGridlineStroke(new BasicStroke(0.7f));
        plot.setAxisOffset(new RectangleInsets(0, 0, 0, 0));
    }

    static String draw(Plot plot, int height, String title, boolean legend) {
        JFreeChart chart = new JFreeChart(null, Svg.FONT, plot, legend);
        chart.setBackgroundPaint(Svg.NONE);
        chart.setPadding(new RectangleInsets(4, 4, 4, 12));
        if (chart.getLegend() != null) {
            chart.getLegend().setBackgroundPaint(Svg.NONE);
            chart.getLegend().setItemPaint(Svg.INK);
            chart.getLegend().setItemFont(Svg.FONT);
            chart.getLegend().setFrame(BlockBorder.NONE);
        }
        return Svg.draw(chart, height, title);
    }

    /** Returns the page's name for the colour of a series, for swatches in tables. */
    public static String colour(int series) {
        Color colour = Svg.series(series);
        return "var(--s" + colour.getBlue() + ")";
    }
}
