package dev.bench.chart;

import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeriesCollection;

/** Shows values in the order in which they were measured. */
public final class OrderPlot {
    private OrderPlot() {}

    /** Draws values in the order in which they were measured. */
    public static Picture draw(String title, String axis, List<Values> lines) {
        XYSeriesCollection data = Panel.collect(lines);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        renderer.setDrawSeriesLineAsPath(true);
        for (int i = 0; i < lines.size(); i++) {
            Panel.style(renderer, i, Panel.dot());
        }
        NumberAxis order = Panel.numberAxis("block");
        order.setAutoRangeIncludesZero(false);
        order.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        List<Values> swapped = lines.stream()
                .map(line -> new Values(line.name(), line.y(), line.x()))
                .toList();
        return Panel.draw(Panel.plot(data, order, Panel.valueAxis(axis, swapped), renderer), 340, title, true);
    }
}
