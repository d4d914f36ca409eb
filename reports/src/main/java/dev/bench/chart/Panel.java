package dev.bench.chart;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Holds what plots have in common: axes, marks and their style. */
final class Panel {
    static final float LINE = 2f;
    static final double POINT = 5;
    static final int ROW = 44;
    static final int FRAME = 70;

    private static final double LOG_FROM = 6;

    private Panel() {}

    static XYSeriesCollection collect(List<Values> lines) {
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

    static void style(XYLineAndShapeRenderer renderer, int series, Shape shape) {
        renderer.setSeriesPaint(series, Svg.series(series));
        renderer.setSeriesShape(series, shape);
        renderer.setSeriesStroke(series, new BasicStroke(LINE));
        renderer.setUseOutlinePaint(false);
    }

    /** Chooses a logarithmic axis where the values span more than a decade or so. */
    static ValueAxis valueAxis(String label, List<Values> rows) {
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

    static void logTicks(LogAxis axis) {
        axis.setBase(10);
        axis.setNumberFormatOverride(new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        double span = axis.getUpperBound() / axis.getLowerBound();
        axis.setTickUnit(new NumberTickUnit(span > 20 ? 1 : Math.log10(span) / 4));
        style(axis);
    }

    static NumberAxis numberAxis(String label) {
        NumberAxis axis = new NumberAxis(label);
        style(axis);
        return axis;
    }

    static ValueAxis rowAxis(String[] names) {
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

    static XYPlot plot(
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

    /** Draws a plot. */
    static Picture draw(Plot plot, int height, String title, boolean legend) {
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
}
