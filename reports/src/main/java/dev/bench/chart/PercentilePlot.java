package dev.bench.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;

/** Shows latency distributions by percentile. */
public final class PercentilePlot {
    /** The end of a percentile axis: 99.99 % is the fourth nine, what is beyond stands at the end. */
    private static final double MOST_NINES = 5;

    private PercentilePlot() {}

    /**
     * Draws latency distributions; each unit of the horizontal axis leaves out nine tenths of what remains.
     *
     * @param lines percentiles, 0 to 100, and values; the hundredth stands at the end of the axis
     */
    public static Picture draw(String title, String axis, List<Values> lines) {
        List<Values> shown = lines.stream()
                .map(line -> new Values(
                        line.name(),
                        Arrays.stream(line.x()).map(PercentilePlot::nines).toArray(),
                        line.y()))
                .toList();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        for (int i = 0; i < shown.size(); i++) {
            Panel.style(renderer, i, Panel.dot());
        }
        NumberAxis percentile = Panel.numberAxis("percentile");
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
        return Panel.draw(
                Panel.plot(Panel.collect(shown), percentile, Panel.valueAxis(axis, swapped), renderer),
                340,
                title,
                true);
    }

    private static double nines(double percentile) {
        return percentile >= 100 ? MOST_NINES : Math.min(MOST_NINES, -Math.log10(1 - percentile / 100));
    }
}
