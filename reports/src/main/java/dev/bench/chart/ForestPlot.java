package dev.bench.chart;

import java.awt.BasicStroke;
import java.awt.Stroke;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Shows ratios with their intervals. */
public final class ForestPlot {
    private ForestPlot() {}

    /**
     * Holds an estimate with its interval.
     *
     * @param name name of the row
     * @param low lower end
     * @param middle estimate
     * @param high upper end
     */
    public record Estimate(String name, double low, double middle, double high) {}

    /** Draws ratios with their intervals on a logarithmic axis, with a line at 1 and the margin beside it. */
    public static Picture draw(String title, String axis, List<Estimate> rows, double margin) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        double low = 1 / (1 + margin);
        double high = 1 + margin;
        for (int row = 0; row < rows.size(); row++) {
            XYSeries series = new XYSeries(rows.get(row).name(), false, true);
            series.add(rows.get(row).middle(), row);
            data.addSeries(series);
            Panel.style(
                    renderer,
                    row,
                    new Rectangle2D.Double(-Panel.POINT, -Panel.POINT, 2 * Panel.POINT, 2 * Panel.POINT));
            low = Math.min(low, rows.get(row).low());
            high = Math.max(high, rows.get(row).high());
        }
        LogAxis ratios = new PlainLogAxis(axis);
        ratios.setRange(low / 1.25, high * 1.25);
        Panel.logTicks(ratios);
        String[] names = rows.stream().map(Estimate::name).toArray(String[]::new);
        XYPlot plot = Panel.plot(data, ratios, Panel.rowAxis(names), renderer);
        double top = rows.size() - 0.5;
        plot.addAnnotation(new XYLineAnnotation(1, -0.5, 1, top, new BasicStroke(1.5f), Svg.INK));
        Stroke dashed = new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4, 4}, 0f);
        plot.addAnnotation(new XYLineAnnotation(1 + margin, -0.5, 1 + margin, top, dashed, Svg.INK));
        plot.addAnnotation(new XYLineAnnotation(1 / (1 + margin), -0.5, 1 / (1 + margin), top, dashed, Svg.INK));
        for (int row = 0; row < rows.size(); row++) {
            Estimate estimate = rows.get(row);
            plot.addAnnotation(new XYLineAnnotation(
                    estimate.low(), row, estimate.high(), row, new BasicStroke(Panel.LINE + 1), Svg.series(row)));
        }
        return Panel.draw(plot, Panel.FRAME + Panel.ROW * rows.size(), title, false);
    }
}
