package dev.bench.chart;

import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.data.xy.XYSeriesCollection;

/** Shows the share of values up to a value. */
public final class SharePlot {
    private SharePlot() {}

    /** Draws the share of values at or below each value, a step line per target. */
    public static Picture draw(String title, String axis, List<Values> lines) {
        XYSeriesCollection data = Panel.collect(lines);
        XYStepRenderer renderer = new XYStepRenderer();
        for (int i = 0; i < lines.size(); i++) {
            Panel.style(renderer, i, Panel.dot());
            renderer.setSeriesShapesVisible(i, false);
        }
        NumberAxis share = Panel.numberAxis("share");
        share.setRange(0, 1.02);
        return Panel.draw(Panel.plot(data, Panel.valueAxis(axis, lines), share, renderer), 320, title, true);
    }
}
