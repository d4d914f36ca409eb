package dev.bench.chart;

import java.util.Arrays;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Shows points with the line fitted to them. */
public final class FittedPlot {
    private FittedPlot() {}

    /**
     * Holds a line with a band around it.
     *
     * @param intercept its height at 0
     * @param slope its slope
     * @param low lower end of the slope's interval
     * @param high upper end of the slope's interval
     */
    public record Line(double intercept, double slope, double low, double high) {}

    /** Draws points with the line fitted to them and the band of its slope. */
    public static Picture draw(String title, String axis, String valueAxis, Values points, Line line) {
        XYSeriesCollection data = Panel.collect(List.of(points));
        XYLineAndShapeRenderer dots = new XYLineAndShapeRenderer(false, true);
        Panel.style(dots, 0, Panel.dot());
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
        Panel.style(renderer, 0, Panel.dot());
        renderer.setSeriesFillPaint(0, Svg.series(0));
        renderer.setAlpha(0.25f);
        NumberAxis horizontal = Panel.numberAxis(axis);
        horizontal.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        XYPlot plot = Panel.plot(data, horizontal, Panel.numberAxis(valueAxis), dots);
        plot.setDataset(1, bands);
        plot.setRenderer(1, renderer);
        return Panel.draw(plot, 280, title, false);
    }
}
