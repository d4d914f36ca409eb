package dev.bench.chart;

import java.util.List;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Shows every value as a point, a row a target. */
public final class PointPlot {
    private PointPlot() {}

    /** Draws every value as a point in its target's row; {@code y} is taken as the spread within the row, -0.3 to 0.3. */
    public static Picture draw(String title, String axis, List<Values> rows) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        for (int row = 0; row < rows.size(); row++) {
            XYSeries series = new XYSeries(rows.get(row).name(), false, true);
            for (int i = 0; i < rows.get(row).x().length; i++) {
                series.add(rows.get(row).x()[i], row + rows.get(row).y()[i]);
            }
            data.addSeries(series);
            Panel.style(renderer, row, Panel.dot());
        }
        String[] names = rows.stream().map(Values::name).toArray(String[]::new);
        XYPlot plot = Panel.plot(data, Panel.valueAxis(axis, rows), Panel.rowAxis(names), renderer);
        return Panel.draw(plot, Panel.FRAME + Panel.ROW * rows.size(), title, false);
    }
}
